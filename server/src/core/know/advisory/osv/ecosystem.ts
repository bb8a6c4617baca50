/** What OSV calls the packages of the public registry. */
export const ECOSYSTEM = 'npm';
