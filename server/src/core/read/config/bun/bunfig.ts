import type { Uri } from '../../text/paths/uri.ts';
import type { ParseProblem } from '../../text/problem.ts';
import type { Located } from '../../text/span.ts';
import type { ConfigMember } from '../tree/config-tree.ts';

/** Whose file it is: the project's bunfig.toml, or the user's .bunfig.toml in the home directory. */
export type BunfigLevel = 'project' | 'user';

/** A registry as a string or as a table. `$VAR` and `${VAR}` are not expanded. */
export interface BunRegistry {
  /** As written in `[install.scopes]`, which may have its @ or not; undefined for the default registry. */
  readonly scope: Located<string> | undefined;
  readonly url: Located<string> | undefined;
  readonly token: Located<string> | undefined;
  readonly username: Located<string> | undefined;
  readonly password: Located<string> | undefined;
}

/** A bunfig.toml as far as it could be read. */
export interface Bunfig {
  readonly kind: 'bunfig';
  readonly uri: Uri;
  readonly text: string;
  readonly level: BunfigLevel;
  readonly problems: readonly ParseProblem[];
  /** `[install] registry`. */
  readonly registry: BunRegistry | undefined;
  /** `[install.scopes]`. */
  readonly scopes: readonly BunRegistry[];
  /** Of `[install.lockfile]`: whether one is written, and `print = "yarn"`. */
  readonly lockfileSave: Located<boolean> | undefined;
  readonly lockfilePrint: Located<string> | undefined;
  readonly saveTextLockfile: Located<boolean> | undefined;
  /** Seconds. */
  readonly minimumReleaseAge: Located<number> | undefined;
  readonly ignoreScripts: Located<boolean> | undefined;
  /** Every key of `[install]`, those above included, in the order of the text. */
  readonly install: readonly ConfigMember[];
  /** Every top-level key and table. */
  readonly settings: readonly ConfigMember[];
  /** The value at a path of keys: `setting('install', 'security', 'scanner')`. */
  setting(...path: readonly string[]): ConfigMember | undefined;
}
