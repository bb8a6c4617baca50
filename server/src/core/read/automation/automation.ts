import type { ConfigEntry, ConfigMember } from '../config/tree/config-tree.ts';
import type { Uri } from '../text/paths/uri.ts';
import type { ParseProblem } from '../text/problem.ts';
import type { ScriptCommand } from '../text/shell/read-shell-script.ts';
import type { Located, Span } from '../text/span.ts';

/** What runs the commands of a file. */
export type AutomationSystem =
  | 'github'
  | 'action'
  | 'gitlab'
  | 'circleci'
  | 'azure'
  | 'docker'
  | 'compose'
  | 'tasks'
  | 'agent'
  | 'mcp'
  | 'devcontainer'
  | 'hook';

/** A file with commands that a CI system, a container build or an editor runs, as far as it could be read. */
export interface Automation {
  readonly kind: 'automation';
  readonly system: AutomationSystem;
  readonly uri: Uri;
  readonly text: string;
  readonly problems: readonly ParseProblem[];
  /** The events that start a GitHub workflow. */
  readonly triggers: readonly Located<string>[];
  readonly env: readonly ConfigEntry[];
  /** Of the token, for all jobs of a workflow. */
  readonly permissions: ConfigMember | undefined;
  /** The jobs, or the stages of a Dockerfile. */
  readonly jobs: readonly AutomationJob[];
  readonly images: readonly ImageUse[];
  /** Commands that an editor or agent starts by itself. */
  readonly autoruns: readonly Autorun[];
}

export interface AutomationJob {
  /** The key of the job, or the image of a stage. */
  readonly name: Located<string>;
  /** The name of a stage. */
  readonly alias?: string | undefined;
  readonly env: readonly ConfigEntry[];
  readonly permissions: ConfigMember | undefined;
  readonly hasMatrix: boolean;
  readonly hasEnvironment: boolean;
  readonly condition: string;
  readonly steps: readonly AutomationStep[];
}

/** A step of a job, or an instruction of a Dockerfile. */
export interface AutomationStep {
  readonly name: string;
  /** The whole step. */
  readonly span: Span;
  /** The action that it runs. */
  readonly uses: Located<string> | undefined;
  readonly with: readonly ConfigEntry[];
  readonly env: readonly ConfigEntry[];
  readonly condition: string;
  /** `continue-on-error: true`, or `allow_failure: true` of GitLab. */
  readonly ignoresFailure: ConfigMember | undefined;
  /** Whether the commands run in another folder than that of the repository, or it is unknown which. */
  readonly isElsewhere: boolean;
  readonly commands: readonly ScriptCommand[];
  /** The text of the commands, and where it begins. */
  readonly script: Located<string> | undefined;
  /** Only of a Dockerfile: FROM, RUN and so on, in upper case. */
  readonly instruction: string | undefined;
}

/** A container image that a file names. */
export interface ImageUse {
  readonly image: Located<string>;
  readonly place: 'from' | 'image' | 'uses';
}

export interface Autorun {
  /** What makes it start by itself. */
  readonly trigger: Located<string>;
  readonly command: Located<string> | undefined;
  /** The key of a property without which it does not start. */
  readonly property: Span | undefined;
}

/** The longest file that is read. */
export const MAX_AUTOMATION_LENGTH = 500_000;

const SYSTEMS: readonly (readonly [pattern: RegExp, system: AutomationSystem])[] = [
  [/\/\.github\/workflows\/[^/]+\.ya?ml$/, 'github'],
  [/\/\.github\/actions\/(?:[^/]+\/){1,3}action\.ya?ml$/, 'action'],
  [/\/\.gitlab-ci\.ya?ml$/, 'gitlab'],
  [/\/\.circleci\/config\.ya?ml$/, 'circleci'],
  [/\/azure-pipelines\.ya?ml$/, 'azure'],
  [/\/(?:Dockerfile|Containerfile)(?:\.(?!dockerignore$|containerignore$|md$)[\w.-]+)?$/, 'docker'],
  [/\/[\w.-]+\.[Dd]ockerfile$/, 'docker'],
  [/\/(?:docker-)?compose(?:\.[\w-]+)?\.ya?ml$/, 'compose'],
  [/\/\.vscode\/tasks\.json$/, 'tasks'],
  [/\/\.(?:claude|gemini)\/settings(?:\.local)?\.json$/, 'agent'],
  [/\/(?:\.mcp|\.(?:vscode|cursor)\/mcp)\.json$/, 'mcp'],
  [/\/\.devcontainer(?:\/(?:[^/]+\/)?devcontainer)?\.json$/, 'devcontainer'],
  [/\/\.husky\/(?:pre|post|prepare|commit|applypatch)-[a-z-]+$/, 'hook'],
  [/\/\.?lefthook\.ya?ml$/, 'hook'],
];

/** Returns what runs the commands of a file, by its path; undefined for other files. */
export function automationSystemOf(uri: Uri): AutomationSystem | undefined {
  return SYSTEMS.find(([pattern]) => pattern.test(uri))?.[1];
}

/** Checks whether the commands of a file run on the machines of developers, who may change what is locked. */
export function isOfDevelopers({ system }: Pick<Automation, 'system'>): boolean {
  return system === 'mcp' || system === 'agent' || system === 'devcontainer' || system === 'hook';
}

/** Checks whether the file is YAML, which needs a parser that most runs do not. */
export function isYamlAutomation(uri: Uri): boolean {
  const system = automationSystemOf(uri);
  return system !== undefined && /\.ya?ml$/.test(uri);
}

/** Returns the folder that a file of a project belongs to: the one around `.github` and the like. */
export function automationHome(uri: Uri): Uri {
  return uri.replace(
    /\/(?:\.github\/(?:workflows|actions)\/.*|\.devcontainer\/.*|\.(?:circleci|vscode|claude|gemini|cursor|husky)\/[^/]*|(?:docker|\.docker)\/[^/]*|[^/]*)$/,
    '',
  );
}

export const NO_PARTS = {
  triggers: [],
  env: [],
  permissions: undefined,
  jobs: [],
  images: [],
  autoruns: [],
} as const satisfies Partial<Automation>;
