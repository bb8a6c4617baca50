import type { Advisories } from './advisories.ts';
import type { AdvisorySource } from './advisory.ts';

/** The advisories known to one source. */
export interface AdvisoryLayer extends Pick<Advisories, 'of' | 'affecting'> {
  readonly source: AdvisorySource;
  /**
   * For a live source: checks whether it was queried for the version and has responded. It knows only the versions it
   * was queried for, so a missing result for others means nothing.
   */
  answered?(name: string, version: string): boolean;
  /** Checks whether the source has withdrawn a record, by its own id. */
  isWithdrawn?(id: string): boolean;
}
