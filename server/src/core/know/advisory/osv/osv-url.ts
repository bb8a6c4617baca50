/** OSV's web service. Queried only with the user's consent, and only for public names. */
export const OSV_API = 'https://api.osv.dev/';

/** All of OSV's records on npm packages. Fetched only with the user's consent; no name is sent for it. */
export const OSV_DUMP = 'https://osv-vulnerabilities.storage.googleapis.com/npm/all.zip';
