import type { WatchedAdvisory } from './watch-record.ts';

/** A fact about a dependency that became known since the last look. */
export type WatchEvent = WatchedNews & {
  /** The name requested from the registry. */
  readonly name: string;
  /** The version in use; for a publisher the new version. */
  readonly version: string;
};

export type WatchedNews =
  | { readonly kind: 'malware' | 'advisory'; readonly advisory: WatchedAdvisory }
  | {
      readonly kind: 'publisher';
      readonly publisher: string;
      readonly before: string;
      /** The version published by the previous publisher. */
      readonly versionBefore: string;
    }
  | {
      readonly kind: 'deprecated';
      readonly reason: string;
      /** A later version that may be installed now. */
      readonly newer: string | null;
    }
  | {
      readonly kind: 'major';
      readonly newest: string;
      /** In milliseconds since 1970, if it is still in its cooldown. */
      readonly waitsUntil: number | null;
    };

export type WatchEventKind = WatchEvent['kind'];

/** Most urgent first. */
export const WATCH_EVENT_KINDS: readonly WatchEventKind[] = [
  'malware',
  'advisory',
  'publisher',
  'deprecated',
  'major',
];
