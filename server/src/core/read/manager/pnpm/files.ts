/** The field of package.json with the settings of pnpm up to 10. */
export const PNPM_FIELD = 'pnpm';
