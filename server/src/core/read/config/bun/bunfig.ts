import type { Uri } from '../../text/paths/uri.ts';
import type { ParseProblem } from '../../text/problem.ts';
import type { Located } from '../../text/span.ts';
import type { ConfigMember } from '../tree/config-tree.ts';

/** The project's bunfig.toml, or the user's .bunfig.toml in the home directory. */
export type BunfigLevel = 'project' | 'user';

/** A registry written as a string or as a table. `$VAR` and `${VAR}` are not expanded. */
export interface BunRegistry {
  /** As written in `[install.scopes]`, with or without its @; undefined for the default registry. */
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
  readonly registry: BunRegistry | undefined;
  readonly scopes: readonly BunRegistry[];
  /** From `[install.lockfile]`: whether a lockfile is written, and `print = "yarn"`. */
  readonly lockfileSave: Located<boolean> | undefined;
  readonly lockfilePrint: Located<string> | undefined;
  readonly saveTextLockfile: Located<boolean> | undefined;
  /** In seconds. */
  readonly minimumReleaseAge: Located<number> | undefined;
  readonly ignoreScripts: Located<boolean> | undefined;
  /** Every key of `[install]`, including those above, in source order. */
  readonly install: readonly ConfigMember[];
  /** Every top-level key and table. */
  readonly settings: readonly ConfigMember[];
  /** Returns the value at a path of keys: `setting('install', 'security', 'scanner')`. */
  setting(...path: readonly string[]): ConfigMember | undefined;
}
