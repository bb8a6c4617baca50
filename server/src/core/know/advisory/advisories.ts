import type { Advisory, AdvisorySource } from './advisory.ts';

/** The detail of a source that the user left out. */
export const SWITCHED_OFF = 'switched off';

/** What became of one source of advisories, for the status bar, the hover and the report. */
export interface AdvisorySourceState {
  readonly source: AdvisorySource;
  /** The host of a registry; undefined for the public one, for all of them together, and for other sources. */
  readonly host: string | undefined;
  /** used: it has answered, perhaps not for all; failed and unsupported: it has not; off: settings or trust; missing: no such data here. */
  readonly state: 'used' | 'pending' | 'failed' | 'unsupported' | 'off' | 'missing';
  /** Why it is not `used`: a clause. */
  readonly detail: string | undefined;
  /** When its data was made or last confirmed, in milliseconds since 1970. */
  readonly asOf: number | undefined;
  /** Until when it has all that was published, where it is partial since; in milliseconds since 1970. */
  readonly completeTo?: number | undefined;
  /** How many locked packages it was to say something of and did not. */
  readonly unanswered: number;
}

/**
 * All that is known of advisories for one project, from every source that settings, trust and privacy admit. An
 * immutable value: when a source answers there is a new one.
 */
export interface Advisories {
  /** Sorted: worst first, then by id. Empty says only that no source that answered knows one; see `sources`. */
  of(name: string): readonly Advisory[];
  /** Those that affect the version, in the same order. */
  affecting(name: string, version: string): readonly Advisory[];
  /**
   * Stands for all that `of` and `affecting` say: the same object where that is the same, whatever became of sources
   * otherwise. Left out where that is this object itself.
   */
  readonly knowledge?: object;
  /** Whether a source is under way. Left out where `sources` is what tells. */
  readonly isPending?: boolean;
  /** In the order in which they are asked. */
  readonly sources: readonly AdvisorySourceState[];
}

/** The same, with who told it. */
export interface SourcedAdvisories extends Advisories {
  /** The sources that have told all that they know of the version, in the order in which they are asked. */
  toldBy(name: string, version: string): readonly AdvisorySource[];
}
