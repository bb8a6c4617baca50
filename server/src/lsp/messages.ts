/**
 * What our own clients and the server say to each other beyond the protocol. Clients import this file for its types
 * and names; it imports nothing at run time.
 */

/** `initializationOptions` of the initialize request. Every member may be missing; anything else is ignored. */
export interface InitializationOptions {
  /** Whether the user trusts the opened folders. Untrusted where it is not said: no request leaves the machine. */
  readonly trusted?: boolean;
  /** The ids of client commands that code actions and hovers may call. */
  readonly commands?: readonly string[];
  /** Whether the client shows `dependencyHygiene/status`. */
  readonly status?: boolean;
  /** Whether the editor itself shows the diagnostics at the cursor beside a hover card. */
  readonly diagnosticsInHover?: boolean;
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
  'dependency-hygiene.json',
];

/** The section that `workspace/configuration` is asked for. */
export const SETTINGS_SECTION = 'dependencyHygiene';

/** Server to client: the state of the check over everything that is loaded. Only sent where the client shows it. */
export const STATUS_NOTIFICATION = 'dependencyHygiene/status';

/** Client to server: the user trusts the opened folders, or no longer does. */
export const TRUST_NOTIFICATION = 'dependencyHygiene/trust';

export interface TrustParams {
  readonly trusted: boolean;
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
}

/** Commands of the server, for `workspace/executeCommand`; their names differ from those of the VS Code client's own. */
export const SERVER_COMMANDS = {
  /** Loads every project below the opened folders. */
  checkWorkspace: 'dependencyHygiene.server.checkWorkspace',
  /** Writes which registry serves a scope; its argument is a `WriteScopeRegistry`. */
  writeScopeRegistry: 'dependencyHygiene.server.writeScopeRegistry',
} as const;

/** Commands that a client may announce in `commands`. */
export const CLIENT_COMMANDS = {
  /** Arguments: the rule's id. */
  openRulePage: 'dependencyHygiene.openRulePage',
  /** Arguments: the command line to copy. */
  copyCommand: 'dependencyHygiene.copyCommand',
  /** Arguments: a `ScopeQuestion`; asks for the registry and calls `writeScopeRegistry`. */
  setScopeRegistry: 'dependencyHygiene.setScopeRegistry',
} as const;

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
