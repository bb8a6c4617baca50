/** A command line as it was typed, without the program. */
export type TypedCommand =
  /** Installs nothing from a registry. */
  | { readonly type: 'other' }
  /** May install something that cannot be judged beforehand. */
  | {
      readonly type: 'refused';
      /** A clause that says why. */
      readonly reason: string;
      /** What to do instead, as an imperative clause. */
      readonly advice: string;
    }
  | TypedInstall;

export interface TypedInstall {
  readonly type: 'install';
  /**
   * project: what the manifests of the folder declare; once: packages whose command runs once, outside of the project;
   * global: packages for the user.
   */
  readonly place: 'project' | 'once' | 'global';
  /** The packages named in the command. */
  readonly specs: readonly string[];
  /** Whether the lockfile is installed as it is. */
  readonly isFrozen: boolean;
  /**
   * The arguments that resolve the same in a copy and write nothing but manifests and lockfiles there; empty if that is
   * not needed.
   */
  readonly resolve: readonly string[];
  /** The command that runs once, which is not installed if the project has it. */
  readonly program?: string;
}

/** The command lines of a package manager that install something, and how to learn beforehand what. */
export interface TypedCommands {
  /** The programs that are understood. */
  readonly programs: readonly string[];
  /** Words that may install something, for shell functions. */
  readonly installWords: readonly string[];
  /** Interprets the arguments of one of the programs. */
  read(program: string, args: readonly string[]): TypedCommand;
  /** The program that resolves, and prints its version for `--version`. */
  readonly resolver: string;
  /** Variables with which the files of a project neither choose nor start programs. */
  readonly environment: Readonly<Record<string, string>>;
  /** Settings of the project's files that make resolving run code or leave the copy: the copy does without them. */
  readonly unsafe: RegExp;
  /** Settings that cannot be done without: with one of them nothing is resolved. */
  readonly refused: RegExp;
  /** Files beside the root manifest that change what is resolved, and that are not run. */
  readonly hooks: readonly string[];
  /** A lockfile that marks the root of a project even while it is empty. */
  readonly emptyLockfile: string | undefined;
  /** Returns a clause that says why this version cannot resolve without installing; undefined if it can. */
  unableToResolve(version: string): string | undefined;
}
