import type { Advisories } from './advisories.ts';
import type { AdvisorySource } from './advisory.ts';

/** What one source knows. */
export interface AdvisoryLayer extends Pick<Advisories, 'of' | 'affecting'> {
  readonly source: AdvisorySource;
  /**
   * Of a live source: whether it was asked about the version and has answered. It tells only of what it was asked about,
   * so of other versions its silence says nothing.
   */
  answered?(name: string, version: string): boolean;
  /** Whether the source has taken a record back, by its own id. */
  isWithdrawn?(id: string): boolean;
}
