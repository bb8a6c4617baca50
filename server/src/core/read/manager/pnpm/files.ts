/** The field of package.json that holds settings of pnpm up to 10. */
export const PNPM_FIELD = 'pnpm';
