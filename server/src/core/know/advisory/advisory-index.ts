import type { Advisories } from './advisories.ts';
import type { AdvisorySource } from './advisory.ts';

/** The advisories of one source, looked up by name. */
export interface AdvisoryIndex extends Pick<Advisories, 'of' | 'affecting'> {
  readonly source: AdvisorySource;
  /** When its data was made, in milliseconds since 1970. */
  readonly asOf: number | undefined;
  /** Until when it has all that its sources published, where it is partial since; in milliseconds since 1970. */
  readonly completeTo?: number | undefined;
  /** Of how many records it was made. */
  readonly records: number;
  /** How many packages it knows advisories of. */
  readonly packages: number;
  /** Whether the source has taken the record back, by its own id. */
  isWithdrawn(id: string): boolean;
  /** The names of all packages, for tests and tools: it reads the whole index. */
  names(): Iterable<string>;
}
