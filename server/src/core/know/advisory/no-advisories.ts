import type { Advisories } from './advisories.ts';

/** Used if there is no source of advisories. */
export const NO_ADVISORIES: Advisories = { of: () => [], affecting: () => [], sources: [] };
