/**
 * Messages between our own clients and the server beyond the protocol. Clients import this file for its types and
 * names; it imports nothing at run time.
 */

export type {
  PackageChoice,
  PackagePageQuestion,
  PackagePosition,
  PackageQuestion,
  PackageResult,
  ReportQuestion,
  TextQuestion,
  VerifyParams,
  VerifyResult,
  WebPage,
  WebPageResult,
  WebPageTarget,
} from './page-messages.ts';

/** `initializationOptions` of the initialize request. Every member is optional; anything else is ignored. */
export interface InitializationOptions {
  /**
   * Whether the user trusts the open folders, and the project in the root of each. Untrusted by default: no request
   * leaves the machine. Files outside every open folder are untrusted in any case.
   */
  readonly trusted?: boolean;
  /** Roots of projects that the user trusts by name, open or not: file URIs, absolute paths, or `~/` paths. */
  readonly trustedFolders?: readonly string[];
  /** The ids of client commands that code actions and completions may call. */
  readonly commands?: readonly string[];
  /** The ids of commands, of server and client, that links in hover cards may run. Without any, cards have no links. */
  readonly hoverCommands?: readonly string[];
  /** Whether `$(warning)` is drawn as an icon in hover cards. */
  readonly hoverIcons?: boolean;
  /** Whether the client shows `dependencyHygiene/status`. */
  readonly status?: boolean;
  /** Whether the editor itself shows the diagnostics at the cursor beside a hover card. */
  readonly diagnosticsInHover?: boolean;
  /** Whether the client completes and explains dependency-hygiene.json from its JSON schema. */
  readonly schema?: boolean;
  /** Whether the client shows its log when it is sent `dependencyHygiene/showLog`. */
  readonly log?: boolean;
  /** The files that the client reads for the server: none by default, all but those with the scheme `file`, or all. */
  readonly files?: 'virtual' | 'all';
  /** The URL of a rule's page, in which `{rule}` stands for the rule's id. */
  readonly ruleLink?: string;
}

/** The names of files that are checked while they are edited, whatever their language id. */
export const CHECKED_NAMES: readonly string[] = [
  'package.json',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  '.npmrc',
  '.yarnrc',
  '.yarnrc.yml',
  'pnpm-workspace.yaml',
  'bunfig.toml',
  'audit-resolve.json',
  '.nsprc',
  'audit-ci.json',
  'audit-ci.jsonc',
  'osv-scanner.toml',
  'dependency-hygiene.json',
];

/** The same for files that are recognized by their folder, or by a part of their name. */
export const CHECKED_PATHS: readonly string[] = [
  '.github/workflows/*.{yml,yaml}',
  '.github/actions/**/action.{yml,yaml}',
  '.gitlab-ci.{yml,yaml}',
  '.circleci/config.{yml,yaml}',
  'azure-pipelines.{yml,yaml}',
  '{Dockerfile,Containerfile}',
  '{Dockerfile,Containerfile}.*',
  '*.{dockerfile,Dockerfile}',
  '{compose,docker-compose}*.{yml,yaml}',
  '.vscode/tasks.json',
  '.{claude,gemini}/settings*.json',
  '.mcp.json',
  '.{vscode,cursor}/mcp.json',
  '.devcontainer.json',
  '.devcontainer/**/devcontainer.json',
  '.husky/{pre,post,prepare,commit,applypatch}-*',
  '{.lefthook,lefthook}.{yml,yaml}',
  '{bom,sbom}.json',
  '*.{cdx,spdx,sbom}.json',
];

export * from './file-messages.ts';
export type * from './review-messages.ts';
export type * from './tree-messages.ts';

/** The section requested by `workspace/configuration`. */
export const SETTINGS_SECTION = 'dependencyHygiene';

/** Server to client: the state of the check over everything loaded. Only sent to clients that show it. */
export const STATUS_NOTIFICATION = 'dependencyHygiene/status';

/** Client to server: the user trusts the open folders, or no longer does. Folders trusted by name are unaffected. */
export const TRUST_NOTIFICATION = 'dependencyHygiene/trust';

export interface TrustParams {
  readonly trusted: boolean;
}

/** Server to client: the user wants to see the log. Only sent to clients that announced it. */
export const SHOW_LOG_NOTIFICATION = 'dependencyHygiene/showLog';

/** Client to server: the editor is in use, or no longer is. By default it always is. */
export const USE_NOTIFICATION = 'dependencyHygiene/use';

export interface UseParams {
  readonly inUse: boolean;
}

/**
 * Client to server: folders that appeared, and paths that are gone. Editors report a moved folder as one change, so that
 * no pattern for the files in it matches.
 */
export const FOLDERS_NOTIFICATION = 'dependencyHygiene/foldersChanged';

export interface FoldersParams {
  readonly created: readonly string[];
  readonly deleted: readonly string[];
}

export interface StatusParams {
  /** Whether work is in progress; the numbers are then preliminary. */
  readonly working: boolean;
  /** The number of loaded projects; without any there is nothing to show. */
  readonly projects: number;
  readonly errors: number;
  readonly warnings: number;
  readonly information: number;
  readonly hints: number;
  /** One sentence for each gap. Empty only if everything was checked. */
  readonly gaps: readonly string[];
  /** What the user can do about gaps, each once. Empty if no gap is theirs to close. */
  readonly steps: readonly GapStep[];
  /** The state of each advisory source; empty if no check needed any. */
  readonly advisories: readonly AdvisorySourceStatus[];
}

/** What closes a gap: trust, the setting `online`, a new advisory database, or what the sentence of the gap advises. */
export type GapStep = 'trust' | 'online' | 'updateDatabase' | 'asDescribed';

/** One advisory source, over all loaded projects. */
export interface AdvisorySourceStatus {
  readonly source: 'bundled' | 'database' | 'registry' | 'osv';
  /** Set for a registry other than the public one. */
  readonly host?: string;
  readonly state: 'used' | 'pending' | 'failed' | 'unsupported' | 'off' | 'missing';
  /** Why it is not `used`, as a clause. */
  readonly detail?: string;
  /** When its data was created, or when it answered, the oldest of several answers. In milliseconds since 1970. */
  readonly asOf?: number;
  /** The time up to which it is complete, if it is only partial after that; in milliseconds since 1970. */
  readonly completeTo?: number;
  /** The number of packages that it should have covered and did not. */
  readonly unanswered: number;
}

/** The server's commands, for `workspace/executeCommand`; their names differ from those of the VS Code client. */
export const SERVER_COMMANDS = {
  /** Loads every project below the open folders. */
  checkWorkspace: 'dependencyHygiene.server.checkWorkspace',
  /** Writes the registry of a scope; its argument is a `WriteScopeRegistry`. */
  writeScopeRegistry: 'dependencyHygiene.server.writeScopeRegistry',
  /** Returns the names that may be sent, and to whom, as text; its argument is a `TextQuestion`, or none. */
  privacy: 'dependencyHygiene.server.privacy',
  /** Writes newer versions into ranges; its argument is an `UpdateRequest`. */
  update: 'dependencyHygiene.server.update',
  /** Pins a range to the version that the project uses; its argument is a `PinRequest`. */
  pin: 'dependencyHygiene.server.pin',
  /** Returns the dependency paths to a package as a `WhyResult`; its argument is a `CardPackage`. */
  why: 'dependencyHygiene.server.why',
  /** Collects the facts about a package; its argument is a `VerifyParams`. */
  verify: 'dependencyHygiene.server.verify',
  /** Fetches a new advisory database; returns an `UpdateDatabaseResult`. */
  updateDatabase: 'dependencyHygiene.server.updateDatabase',
  /** Returns the steps for malware as a `MalwareResult`; its argument is a `MalwareQuestion`, or none. */
  respondToMalware: 'dependencyHygiene.server.respondToMalware',
  /** Writes entries of `ignores`; its argument is an `IgnoreRequest`. Returns an `IgnoreResult`. */
  writeIgnores: 'dependencyHygiene.server.writeIgnores',
  /** Removes an entry of `ignores`; its argument is a `RemovedIgnore`. Returns an `IgnoreResult`. */
  removeIgnore: 'dependencyHygiene.server.removeIgnore',
  /** Lists the packages with install scripts of all projects; returns a `ScriptsResult`. */
  listScripts: 'dependencyHygiene.server.listScripts',
  /** Answers a coding assistant; its argument is an `AssistantQuestion`. Returns an `AssistantAnswer`. */
  answerAssistant: 'dependencyHygiene.server.answerAssistant',
  /** Writes decisions on install scripts; its argument is a `DecideScripts`. Returns a `DecideScriptsResult`. */
  decideScripts: 'dependencyHygiene.server.decideScripts',
  /** Lists what is known of the loaded projects, by project and group; returns a `DependencyTree`. Asks nobody. */
  listDependencies: 'dependencyHygiene.server.listDependencies',
  /** Finds the package at a position, or lists all; its argument is a `PackagePosition`. Returns a `PackageResult`. */
  findPackage: 'dependencyHygiene.server.findPackage',
  /** Makes the page of a package; its argument is a `PackagePageQuestion`. Returns a `WebPageResult`. */
  packagePage: 'dependencyHygiene.server.packagePage',
  /** Makes the report of a folder; its argument is a `ReportQuestion`. Returns a `WebPageResult`. */
  report: 'dependencyHygiene.server.report',
  /** Compares lockfiles with a commit; its argument is a `ReviewRequest`. Returns a `ReviewResult`. Asks nobody. */
  reviewLockfiles: 'dependencyHygiene.server.reviewLockfiles',
  /** Lists the commits that a review is likely to start from; returns `ReviewBase[]`. */
  listReviewBases: 'dependencyHygiene.server.listReviewBases',
  /** Returns a lockfile of a commit as a `CommittedText`; its argument is a `CommittedFile`. */
  readCommitted: 'dependencyHygiene.server.readCommitted',
} as const;

/** Commands that a client may announce in `commands`. */
export const CLIENT_COMMANDS = {
  /** Arguments: the rule's id. */
  openRulePage: 'dependencyHygiene.openRulePage',
  /** Arguments: the command line to copy. */
  copyCommand: 'dependencyHygiene.copyCommand',
  /** Arguments: a `TerminalCommand`, which is typed into a terminal and not run. */
  putInTerminal: 'dependencyHygiene.putInTerminal',
  /** Arguments: a `VerifyParams`; without it, asks for a package. Shows the result of the server's `verify`. */
  verifyPackage: 'dependencyHygiene.verifyPackage',
  /** Arguments: a `PackageQuestion`; without it, takes the package at the cursor, or asks for one. */
  openPackagePage: 'dependencyHygiene.openPackagePage',
  /** Arguments: a `MalwareQuestion`; without it, asks which. Shows the result of the server's `respondToMalware`. */
  respondToMalware: 'dependencyHygiene.respondToMalware',
  /** Arguments: a `ScopeQuestion`; asks for the registry and calls `writeScopeRegistry`. */
  setScopeRegistry: 'dependencyHygiene.setScopeRegistry',
  /** Arguments: an `IgnoreQuestion`; asks for reason and period, calls `writeIgnores` and shows the new entry. */
  ignoreFinding: 'dependencyHygiene.ignoreFinding',
  /** Arguments: a `CardPackage`. Shows the result of the server's `why`. */
  showWhy: 'dependencyHygiene.showWhy',
  /** Arguments: a `ScriptPlace`. */
  openPlace: 'dependencyHygiene.openPlace',
} as const;

/** A command line for the user to run. */
export interface TerminalCommand {
  readonly command: string;
  /** The folder to run it in, as a URI. */
  readonly folder: string;
}

/** The subject of an entry of `ignores`, with the keys of dependency-hygiene.json. */
export interface IgnoredMembers {
  readonly rule: string;
  readonly id?: string;
  readonly package?: string;
  readonly version?: string;
  readonly path?: string;
}

export interface IgnoreQuestion {
  /** A file of the project, as the client spells it. */
  readonly uri: string;
  readonly entries: readonly IgnoredMembers[];
  /** An advisory or a rule, for display. */
  readonly subject: string;
  /** The suggested period, and the maximum that the project allows. */
  readonly days: number;
  readonly maxDays: number;
}

export interface IgnoreRequest extends Pick<IgnoreQuestion, 'uri' | 'entries' | 'days'> {
  readonly reason: string;
}

/** The result of `writeIgnores` and `removeIgnore`: the file and the line of the entry, from 0, or a sentence for the user. */
export type IgnoreResult = { readonly uri: string; readonly line: number } | { readonly problem: string };

export interface ScopeQuestion {
  /** A file of the project, as the client spells it. */
  readonly uri: string;
  /** With its @. */
  readonly scope: string;
}

export interface WriteScopeRegistry extends ScopeQuestion {
  readonly registry: string;
}

/** The result of `writeScopeRegistry`: `problem` is a sentence for the user if nothing was written. */
export interface WriteScopeRegistryResult {
  readonly problem: string | undefined;
}

/** The extent of an update: from 1.2.3 to 1.2.4, 1.3.0 or 2.0.0. */
export type UpdateRequestLevel = 'patch' | 'minor' | 'major';

/** The ranges to update, and the extent. */
export type UpdateRequest =
  /** The range of this name and text in a file, to a version that was shown for it. */
  | {
      readonly scope: 'range';
      readonly uri: string;
      readonly name: string;
      readonly declared: string;
      readonly version: string;
    }
  /** Every range of a file, or of all folders, each to the latest version within a level. */
  | { readonly scope: 'file'; readonly uri: string; readonly level: UpdateRequestLevel }
  | { readonly scope: 'workspace'; readonly level: UpdateRequestLevel };

/** The result of an `UpdateRequest`. */
export interface UpdateResult {
  readonly updated: number;
  /** A sentence for the user about what was and was not updated. */
  readonly message: string;
}

/** A question of a coding assistant, by the name of the tool that it called. */
export type AssistantQuestion =
  | { readonly tool: 'verify_package'; readonly package: string }
  | { readonly tool: 'check_names'; readonly names: readonly string[] }
  | { readonly tool: 'check_project' }
  | { readonly tool: 'explain_rule'; readonly rule: string };

/** The answer as a short text, or why there is none. Holds no free text of packages. */
export type AssistantAnswer = { readonly text: string } | { readonly problem: string };

/** The result of `updateDatabase`: a sentence for the user. */
export interface UpdateDatabaseResult {
  readonly type: 'updated' | 'unchanged' | 'failed' | 'cancelled';
  readonly message: string;
}

/** A malicious version in the project of a file. */
export interface MalwareQuestion {
  readonly package: string;
  readonly version: string;
  readonly uri: string;
}

/**
 * The result of `respondToMalware`: one line and the steps as plain text, a list to choose from, or a sentence
 * for the user.
 */
export type MalwareResult =
  | { readonly title: string; readonly text: string }
  | { readonly choices: readonly MalwareQuestion[] }
  | { readonly problem: string };

/** The result of `listScripts`: a list for display with what can be chosen, or a sentence for the user. */
export type ScriptsResult = ScriptsList | { readonly problem: string };

export interface ScriptsList {
  /** One sentence about all projects. */
  readonly summary: string;
  /** What is to be decided first. */
  readonly groups: readonly ScriptGroup[];
}

export interface ScriptGroup {
  /** The project, and what its entries have in common. */
  readonly heading: string;
  readonly entries: readonly ScriptEntry[];
}

export interface ScriptEntry {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** Whether it is known malware or suspicious. */
  readonly isAlarming: boolean;
  readonly choices: readonly ScriptChoice[];
}

/** A decision with its argument for `decideScripts`, or a place to open. */
export type ScriptChoice =
  | {
      readonly type: 'approve' | 'deny' | 'prune';
      /** States the exact result. */
      readonly title: string;
      readonly arguments: readonly [DecideScripts];
    }
  | { readonly type: 'open'; readonly title: string; readonly place: ScriptPlace };

/** A position as in the protocol. */
export interface ScriptPlace {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

/** Approves or denies locked packages, or removes the approvals of what is not locked. */
export type DecideScripts =
  | {
      readonly type: 'approve' | 'deny';
      /** A file of the project, as the client spells it. */
      readonly uri: string;
      readonly packages: readonly { readonly package: string; readonly version: string | null }[];
    }
  | { readonly type: 'prune'; readonly uri: string };

/** The result of `decideScripts`: a sentence for the user about what was written, or why nothing was. */
export type DecideScriptsResult = { readonly message: string } | { readonly problem: string };
