import type { Advisories } from './advisories.ts';

/** Where no source of advisories is there. */
export const NO_ADVISORIES: Advisories = { of: () => [], affecting: () => [], sources: [] };
