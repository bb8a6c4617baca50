import type { PackageFacts } from '../../../know/facts/package-facts.ts';
import type { EntryCode } from '../../../read/project/new-code.ts';
import type { StartedFile } from '../../../read/project/started-code.ts';
import type { Finding } from '../../../read/text/finding.ts';
import type { RegistryFacts } from '../describe-registry.ts';
import type { AdvisoryFacts } from './advisory-facts.ts';
import type { InstallScriptFacts } from './describe-script.ts';
import type { IgnoredFacts } from './ignored-facts.ts';

/** The locked version of an entry, or why there is none. */
export type LockedFacts =
  | { readonly type: 'version'; readonly version: string }
  /** A workspace member with the version of its manifest, as lockfiles lock no version of it. */
  | { readonly type: 'member'; readonly version: string | undefined }
  | { readonly type: 'linked' | 'not-locked' | 'no-lockfile' | 'unread-lockfile' };

/** The source of a dependency: a registry, or another one in words such as "git: github:a/b". */
export type SourceFacts =
  | {
      readonly type: 'registry';
      readonly registry: RegistryFacts;
      readonly known: PackageFacts;
      readonly held: SourceHeld | undefined;
    }
  | { readonly type: 'other'; readonly words: string; readonly lockedTo: string | undefined };

/** Why the project cannot use the latest version: a label and a clause. */
export interface SourceHeld {
  readonly label: 'Too new' | 'Not usable';
  readonly words: string;
}

/** A finding on the dependency. */
export type CardFinding = Pick<Finding, 'severity' | 'message'> & {
  readonly rule?: string;
  readonly related?: readonly { readonly message: string }[];
};

/** Everything displayed on a card, gathered by `hover`. */
export interface HoverFacts {
  /** As written in the file. */
  readonly name: string;
  /** The package's own name, if the name above is an alias. */
  readonly target: string;
  readonly locked: LockedFacts;
  readonly declared: string | undefined;
  /** What a catalog or override turns it into, and the line that does. */
  readonly means?: { readonly declared: string; readonly because: string } | undefined;
  /** "dev", "optional", "peer", in display order. */
  readonly kinds: readonly string[];
  readonly source: SourceFacts;
  /** Deprecation and license as recorded by the lockfile. */
  readonly lockedDeprecated: string | undefined;
  readonly lockedLicense: string | undefined;
  readonly scripts: InstallScriptFacts;
  /** What it pulls in, in words; undefined for nothing. */
  readonly pulledIn: string | undefined;
  /** The files that its scripts start, as far as they are installed. */
  readonly started?: readonly StartedFile[] | undefined;
  readonly advisories: AdvisoryFacts;
  /** What the configuration accepts; nothing by default. */
  readonly ignored?: IgnoredFacts;
  /** Undefined if it is not known what the code can do. */
  readonly code?: EntryCode | undefined;
  /** The findings to report on the card. */
  readonly findings: readonly CardFinding[];
  /** Those that the editor shows beside the card, which must not claim that there are none. */
  readonly beside: readonly CardFinding[];
  /** Whether every rule had all the data it needed, so that no findings means nothing was found. */
  readonly allChecked: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}
