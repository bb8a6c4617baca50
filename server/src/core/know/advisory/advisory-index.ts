import type { Advisories } from './advisories.ts';
import type { AdvisorySource } from './advisory.ts';

/** The advisories of one source, looked up by name. */
export interface AdvisoryIndex extends Pick<Advisories, 'of' | 'affecting'> {
  readonly source: AdvisorySource;
  /** When its data was created, in milliseconds since 1970. */
  readonly asOf: number | undefined;
  /** Until when it is complete for its sources, if it is partial since then; in milliseconds since 1970. */
  readonly completeTo?: number | undefined;
  /** The number of records that it was built from. */
  readonly records: number;
  /** The number of packages with advisories. */
  readonly packages: number;
  /** Checks whether the source has withdrawn the record, by its own id. */
  isWithdrawn(id: string): boolean;
  /** Returns the names of all packages, for tests and tools: it reads the whole index. */
  names(): Iterable<string>;
}
