/**
 * What our own clients and the server say to each other beyond the protocol. Clients import this file for its types
 * and names; it imports nothing at run time.
 */

/** `initializationOptions` of the initialize request. Every member may be missing; anything else is ignored. */
export interface InitializationOptions {
  /**
   * Whether the user trusts the opened folders, and the project in the root of each. Untrusted where it is not said: no
   * request leaves the machine. Files outside of every opened folder are untrusted in any case.
   */
  readonly trusted?: boolean;
  /** Roots of projects that the user trusts by name, opened or not: file URIs, absolute paths, or `~/` paths. */
  readonly trustedFolders?: readonly string[];
  /** The ids of client commands that code actions and hovers may call. */
  readonly commands?: readonly string[];
  /** Whether the client shows `dependencyHygiene/status`. */
  readonly status?: boolean;
  /** Whether the editor itself shows the diagnostics at the cursor beside a hover card. */
  readonly diagnosticsInHover?: boolean;
  /** Whether the client completes and explains dependency-hygiene.json from its JSON schema. */
  readonly schema?: boolean;
  /** Whether the client shows its log when it is sent `dependencyHygiene/showLog`. */
  readonly log?: boolean;
  /** Where a rule's page is: an address in which `{rule}` stands for the rule's id. */
  readonly ruleLink?: string;
}

/** Files that are checked while they are edited, by name, whatever language the client takes them for. */
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

/** The section that `workspace/configuration` is asked for. */
export const SETTINGS_SECTION = 'dependencyHygiene';

/** Server to client: the state of the check over everything that is loaded. Only sent where the client shows it. */
export const STATUS_NOTIFICATION = 'dependencyHygiene/status';

/** Client to server: the user trusts the opened folders, or no longer does. Those trusted by name stay so. */
export const TRUST_NOTIFICATION = 'dependencyHygiene/trust';

export interface TrustParams {
  readonly trusted: boolean;
}

/** Server to client: the user wants to see the log. Only sent where the client said that it shows it. */
export const SHOW_LOG_NOTIFICATION = 'dependencyHygiene/showLog';

/** Client to server: somebody works in the editor, or no longer does. Without it somebody always does. */
export const USE_NOTIFICATION = 'dependencyHygiene/use';

export interface UseParams {
  readonly inUse: boolean;
}

export interface StatusParams {
  /** Whether something is under way; the numbers are then those known so far. */
  readonly working: boolean;
  /** How many projects are loaded; with none there is nothing to show. */
  readonly projects: number;
  readonly errors: number;
  readonly warnings: number;
  readonly information: number;
  readonly hints: number;
  /** One sentence for each thing that was not checked. Empty only where everything was. */
  readonly gaps: readonly string[];
  /** What became of each source of advisories; empty where no check wanted any. */
  readonly advisories: readonly AdvisorySourceStatus[];
}

/** One source of advisories, over all projects that are loaded. */
export interface AdvisorySourceStatus {
  readonly source: 'bundled' | 'database' | 'registry' | 'osv';
  /** Of a registry that is not the public one. */
  readonly host?: string;
  readonly state: 'used' | 'pending' | 'failed' | 'unsupported' | 'off' | 'missing';
  /** Why it is not `used`: a clause. */
  readonly detail?: string;
  /** When its data was made, or when it answered; of several answers the oldest. In milliseconds since 1970. */
  readonly asOf?: number;
  /** Until when it has all that was published, where it is partial since; in milliseconds since 1970. */
  readonly completeTo?: number;
  /** How many packages it was to say something of and did not. */
  readonly unanswered: number;
}

/** Commands of the server, for `workspace/executeCommand`; their names differ from those of the VS Code client's own. */
export const SERVER_COMMANDS = {
  /** Loads every project below the opened folders. */
  checkWorkspace: 'dependencyHygiene.server.checkWorkspace',
  /** Writes which registry serves a scope; its argument is a `WriteScopeRegistry`. */
  writeScopeRegistry: 'dependencyHygiene.server.writeScopeRegistry',
  /** Answers which names may be sent to whom, as text. */
  privacy: 'dependencyHygiene.server.privacy',
  /** Writes newer versions into ranges; its argument is an `UpdateRequest`. */
  update: 'dependencyHygiene.server.update',
  /** Finds out all about a package; its argument is a `VerifyParams`. */
  verify: 'dependencyHygiene.server.verify',
  /** Fetches a new database of advisories; answers with an `UpdateDatabaseResult`. */
  updateDatabase: 'dependencyHygiene.server.updateDatabase',
  /** Says what to do about malware; its argument is a `MalwareQuestion`, or none. Answers with a `MalwareResult`. */
  respondToMalware: 'dependencyHygiene.server.respondToMalware',
  /** Writes entries of `ignores`; its argument is an `IgnoreRequest`. Answers with an `IgnoreResult`. */
  writeIgnores: 'dependencyHygiene.server.writeIgnores',
} as const;

/** Commands that a client may announce in `commands`. */
export const CLIENT_COMMANDS = {
  /** Arguments: the rule's id. */
  openRulePage: 'dependencyHygiene.openRulePage',
  /** Arguments: the command line to copy. */
  copyCommand: 'dependencyHygiene.copyCommand',
  /** Arguments: a `VerifyParams`; without it asks for a package. Shows what the server's `verify` answers. */
  verifyPackage: 'dependencyHygiene.verifyPackage',
  /** Arguments: a `MalwareQuestion`; without it asks which. Shows what the server's `respondToMalware` answers. */
  respondToMalware: 'dependencyHygiene.respondToMalware',
  /** Arguments: a `ScopeQuestion`; asks for the registry and calls `writeScopeRegistry`. */
  setScopeRegistry: 'dependencyHygiene.setScopeRegistry',
  /** Arguments: an `IgnoreQuestion`; asks for reason and period, calls `writeIgnores` and shows what was written. */
  ignoreFinding: 'dependencyHygiene.ignoreFinding',
} as const;

/** What an entry of `ignores` is about, in the words of dependency-hygiene.json. */
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
  /** For people: an advisory or a rule. */
  readonly subject: string;
  /** What to propose, and the most that the project allows. */
  readonly days: number;
  readonly maxDays: number;
}

export interface IgnoreRequest extends Pick<IgnoreQuestion, 'uri' | 'entries' | 'days'> {
  readonly reason: string;
}

/** What came of `writeIgnores`: where the entry is, by its line from 0, or a sentence for the user. */
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

/** What came of `writeScopeRegistry`: `problem` is a sentence for the user where nothing was written. */
export interface WriteScopeRegistryResult {
  readonly problem: string | undefined;
}

/** How far an update goes: 1.2.4, 1.3.0 or 2.0.0 from 1.2.3. */
export type UpdateRequestLevel = 'patch' | 'minor' | 'major';

/** Which ranges are to be updated, and how far. */
export type UpdateRequest =
  /** The range of this name and text in a file, to a version that was shown for it. */
  | {
      readonly scope: 'range';
      readonly uri: string;
      readonly name: string;
      readonly declared: string;
      readonly version: string;
    }
  /** Every range of a file, or of all folders, each to the newest version of a level or below it. */
  | { readonly scope: 'file'; readonly uri: string; readonly level: UpdateRequestLevel }
  | { readonly scope: 'workspace'; readonly level: UpdateRequestLevel };

/** What came of an `UpdateRequest`. */
export interface UpdateResult {
  readonly updated: number;
  /** A sentence for the user: what was done, and what could not be. */
  readonly message: string;
}

export interface VerifyParams {
  /** A name, perhaps with a version, tag or range: `left-pad@^1.0.0`. */
  readonly package: string;
  /** A file of the project that the package is looked at from; without it the first open project counts. */
  readonly uri?: string;
}

/** What came of `verify`: a card as plain text, or a sentence for the user. */
export type VerifyResult = { readonly title: string; readonly text: string } | { readonly problem: string };

/** What came of `updateDatabase`: a sentence for the user. */
export interface UpdateDatabaseResult {
  readonly type: 'updated' | 'unchanged' | 'failed' | 'cancelled';
  readonly message: string;
}

/** A version that is malware, in the project of a file. */
export interface MalwareQuestion {
  readonly package: string;
  readonly version: string;
  readonly uri: string;
}

/** What came of `respondToMalware`: one line and the steps as plain text, what to choose from, or a sentence for the user. */
export type MalwareResult =
  | { readonly title: string; readonly text: string }
  | { readonly choices: readonly MalwareQuestion[] }
  | { readonly problem: string };
