import type { PackageFacts } from '../../../know/facts/package-facts.ts';
import type { Severity } from '../../../read/text/finding.ts';
import type { RegistryFacts } from '../registry-words.ts';
import type { AdvisoryLines } from './advisory-lines.ts';
import type { InstallScriptFacts } from './script-words.ts';

/** What is locked: an entry's version, or why there is none. */
export type LockedFacts =
  | { readonly type: 'version'; readonly version: string }
  /** Of this workspace, with the version of its manifest: a lockfile locks no version of it. */
  | { readonly type: 'member'; readonly version: string | undefined }
  | { readonly type: 'linked' | 'not-locked' | 'no-lockfile' | 'unread-lockfile' };

/** Where a dependency comes from: a registry, or anything else in words such as "git: github:a/b". */
export type SourceFacts =
  | {
      readonly type: 'registry';
      readonly registry: RegistryFacts;
      readonly known: PackageFacts;
      readonly held: SourceHeld | undefined;
    }
  | { readonly type: 'other'; readonly words: string; readonly lockedTo: string | undefined };

/** Why the project cannot take the latest version: a label and a clause about it. */
export interface SourceHeld {
  readonly label: 'Too new' | 'Not usable';
  readonly words: string;
}

/** Everything that a card tells, gathered by `hover`. */
export interface HoverFacts {
  /** As written in the file. */
  readonly name: string;
  /** The package's own name, where the name above is an alias of it. */
  readonly target: string;
  readonly locked: LockedFacts;
  readonly declared: string | undefined;
  /** What a catalog or an override makes of that, and which line says so. */
  readonly means?: { readonly declared: string; readonly because: string } | undefined;
  /** "dev", "optional", "peer", in the order in which they are told. */
  readonly kinds: readonly string[];
  readonly source: SourceFacts;
  /** Deprecation and licence as the lockfile has them. */
  readonly lockedDeprecated: string | undefined;
  readonly lockedLicense: string | undefined;
  readonly scripts: InstallScriptFacts;
  readonly advisories: AdvisoryLines;
  readonly findings: readonly {
    readonly severity: Severity;
    readonly message: string;
    readonly rule?: string;
  }[];
  /** Whether the editor shows further findings beside the card, so that it would be wrong to say that there are none. */
  readonly findingsBeside: boolean;
  /** Whether every rule knew all that it needed, so that no finding means that nothing was found. */
  readonly allChecked: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}
