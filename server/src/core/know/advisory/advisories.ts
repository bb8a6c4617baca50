import type { Advisory, AdvisorySource } from './advisory.ts';

/** The detail of a source that the user disabled. */
export const SWITCHED_OFF = 'switched off';

/** The state of one source of advisories, for the status bar, the hover and the report. */
export interface AdvisorySourceState {
  readonly source: AdvisorySource;
  /** The host of a registry; undefined for the public one, for all of them together, and for other sources. */
  readonly host: string | undefined;
  /**
   * used: it has responded, perhaps not for all; failed and unsupported: it has not; off: settings or trust; missing:
   * no such data here.
   */
  readonly state: 'used' | 'pending' | 'failed' | 'unsupported' | 'off' | 'missing';
  /** Why it is not `used`, as a clause. */
  readonly detail: string | undefined;
  /** When its data was created or last confirmed, in milliseconds since 1970. */
  readonly asOf: number | undefined;
  /** Until when it is complete, if it is partial since then; in milliseconds since 1970. */
  readonly completeTo?: number | undefined;
  /** The number of locked packages without an expected result. */
  readonly unanswered: number;
}

/**
 * All known advisories for one project, from every source that settings, trust and privacy allow. An immutable value:
 * each result of a source creates a new one.
 */
export interface Advisories {
  /**
   * Returns advisories sorted worst first, then by id. Empty means only that no source that responded knows one; see
   * `sources`.
   */
  of(name: string): readonly Advisory[];
  /** Returns those that affect the version, in the same order. */
  affecting(name: string, version: string): readonly Advisory[];
  /**
   * Identifies all results of `of` and `affecting`: the same object if these are the same, whatever else changed in
   * sources. Omitted if it would be this object itself.
   */
  readonly knowledge?: object;
  /** Whether a request to a source is pending. Omitted if `sources` shows it. */
  readonly isPending?: boolean;
  /** In the order in which they are queried. */
  readonly sources: readonly AdvisorySourceState[];
}

/** Advisories with their sources. */
export interface SourcedAdvisories extends Advisories {
  /** Returns the sources with complete results for the version, in the order in which they are queried. */
  toldBy(name: string, version: string): readonly AdvisorySource[];
}

/** Used if there is no source of advisories. */
export const NO_ADVISORIES: Advisories = { of: () => [], affecting: () => [], sources: [] };
