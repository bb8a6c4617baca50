import type { TrustLevel } from '../../know/registry/releases/trust-level.ts';
import type { WatchedAdvisory } from './watch-record.ts';

/** A fact about a dependency that became known since the last look. */
export type WatchEvent = WatchedNews & {
  /** The name requested from the registry. */
  readonly name: string;
  /** The version in use; for a publisher, a script and lost trust the new version, for a look-alike or a new package its highest. */
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
      readonly kind: 'removed';
      /** Whether the registry removed the version or the whole package. */
      readonly what: 'version' | 'package';
    }
  | {
      readonly kind: 'look-alike';
      /** The name of the organisation. */
      readonly like: string;
    }
  | {
      readonly kind: 'script';
      readonly versionBefore: string;
    }
  | {
      readonly kind: 'trust';
      readonly trust: TrustLevel;
      readonly before: TrustLevel;
      readonly versionBefore: string;
    }
  | {
      readonly kind: 'maintainer';
      /** The accounts that can publish it now, and could not before. */
      readonly added: readonly string[];
    }
  | {
      readonly kind: 'new-package';
      /** The account that can publish it. */
      readonly account: string;
    }
  | {
      readonly kind: 'major' | 'version';
      readonly newest: string;
      /** In milliseconds since 1970, if it is still in its cooldown. */
      readonly waitsUntil: number | null;
    };

export type WatchEventKind = WatchEvent['kind'];

/** Most urgent first. */
export const WATCH_EVENT_KINDS: readonly WatchEventKind[] = [
  'malware',
  'removed',
  'advisory',
  'look-alike',
  'script',
  'trust',
  'publisher',
  'maintainer',
  'new-package',
  'deprecated',
  'major',
  'version',
];
