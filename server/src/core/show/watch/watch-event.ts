import type { WatchedAdvisory } from './watch-record.ts';

/** Something that became known of a dependency since the last look. */
export type WatchEvent = WatchedNews & {
  /** The name that the registry is asked for. */
  readonly name: string;
  /** The version in use; of a publisher the new version. */
  readonly version: string;
};

export type WatchedNews =
  | { readonly kind: 'malware' | 'advisory'; readonly advisory: WatchedAdvisory }
  | {
      readonly kind: 'publisher';
      readonly publisher: string;
      readonly before: string;
      /** The version that was published by the one before. */
      readonly versionBefore: string;
    }
  | {
      readonly kind: 'deprecated';
      readonly reason: string;
      /** A later version that may be taken now. */
      readonly newer: string | null;
    }
  | {
      readonly kind: 'major';
      readonly newest: string;
      /** In milliseconds since 1970, where the cooldown does not let it through yet. */
      readonly waitsUntil: number | null;
    };

export type WatchEventKind = WatchEvent['kind'];

/** The most urgent first. */
export const WATCH_EVENT_KINDS: readonly WatchEventKind[] = [
  'malware',
  'advisory',
  'publisher',
  'deprecated',
  'major',
];
