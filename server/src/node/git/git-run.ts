import type { ChildProcess } from 'node:child_process';
import { devNull } from 'node:os';
import { childProcess } from '../builtin-on-demand.ts';

/** The outcome of a run of git. */
export type GitRun =
  | { readonly type: 'ended'; readonly code: number; readonly out: Buffer; readonly error: string }
  | { readonly type: 'failed'; readonly reason: string };

export interface GitPlace {
  /** The absolute path of git. */
  readonly program: string;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface GitRunOptions extends GitPlace {
  readonly maxBytes: number;
}

const TIMEOUT_MS = 10_000;
const MAX_ERROR = 10_000;

/**
 * What the repository's configuration could make git run, each switched off: a file system monitor, hooks, a pager, an
 * editor, everything that fetches. Filters and textconv are only run by commands that are not used here.
 */
const SAFE_CONFIGURATION: readonly (readonly [string, string])[] = [
  ['core.fsmonitor', 'false'],
  ['core.untrackedCache', 'false'],
  ['core.hooksPath', devNull],
  ['core.sshCommand', 'false'],
  ['core.gitProxy', 'false'],
  ['core.askPass', ''],
  ['core.pager', 'cat'],
  ['core.attributesFile', devNull],
  ['credential.helper', ''],
  ['protocol.allow', 'never'],
  ['safe.bareRepository', 'explicit'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  // A file that states parents of commits, which git takes on trust: it can take commits out of the history.
  ['core.commitGraph', 'false'],
  // git prints all in the encoding of commit messages, which may be one that is not based on ASCII.
  ['i18n.logOutputEncoding', 'UTF-8'],
  // An empty file of grafts is given below.
  ['advice.graftFileDeprecated', 'false'],
];

/** Runs a plumbing command of git that runs nothing else, writes nothing and sends nothing. */
export function runGit(args: readonly string[], options: GitRunOptions): Promise<GitRun> {
  const { program, directory, environment, maxBytes } = options;
  return new Promise((resolve) => {
    const child = childProcess().spawn(program, safeArguments(args), {
      cwd: directory,
      env: safeEnvironment(environment),
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: false,
      windowsHide: true,
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });
    const out: Buffer[] = [];
    let size = 0;
    let error = '';
    child.stdout.on('data', (bytes: Buffer) => {
      size += bytes.length;
      if (size <= maxBytes) out.push(bytes);
      else child.kill('SIGKILL');
    });
    child.stderr.on('data', (bytes: Buffer) => {
      if (error.length < MAX_ERROR) error += bytes.toString('utf8');
    });
    child.on('error', (fault: NodeJS.ErrnoException) => {
      resolve({ type: 'failed', reason: `git could not be run (${fault.code ?? fault.message})` });
    });
    child.on('close', (code, signal) => {
      if (size > maxBytes)
        resolve({ type: 'failed', reason: `it is larger than ${Math.round(maxBytes / 1024 / 1024)} MB` });
      else if (code !== null) resolve({ type: 'ended', code, out: Buffer.concat(out), error });
      else if (signal === 'SIGKILL') resolve({ type: 'failed', reason: 'git did not end in 10 seconds' });
      else resolve({ type: 'failed', reason: `git was ended by ${signal ?? 'the system'}` });
    });
  });
}

/** Starts the process that answers each line on its standard input with the object of that name. */
export function startBatch({ program, directory, environment }: GitPlace) {
  return childProcess().spawn(program, safeArguments(['cat-file', '--batch']), {
    cwd: directory,
    env: safeEnvironment(environment),
    stdio: ['pipe', 'pipe', 'ignore'],
    shell: false,
    windowsHide: true,
  });
}

/** A running git. */
export type GitProcess = ChildProcess;

export interface GitStart extends GitPlace {
  /** Whether pathspecs are patterns, with `**` for any folders; otherwise they are paths. */
  readonly hasPatterns: boolean;
  readonly stdin: 'ignore' | 'pipe';
}

/** Starts a plumbing command whose output is too large for `runGit`. */
export function startGit(args: readonly string[], options: GitStart): GitProcess {
  const { program, directory, environment, hasPatterns, stdin } = options;
  return childProcess().spawn(program, safeArguments(args, hasPatterns ? '--glob-pathspecs' : undefined), {
    cwd: directory,
    env: safeEnvironment(environment),
    stdio: [stdin, 'pipe', 'pipe'],
    shell: false,
    windowsHide: true,
  });
}

function safeArguments(args: readonly string[], pathspecs = '--literal-pathspecs'): readonly string[] {
  const safe = SAFE_CONFIGURATION.flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  return ['--no-pager', pathspecs, ...safe, ...args];
}

/**
 * Returns the environment without variables that control git: another repository, other configuration, programs, files
 * to write to.
 */
function safeEnvironment(environment: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  const safe: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(environment)) {
    if (!/^(?:GIT_|SSH_ASKPASS)/i.test(name)) safe[name] = value;
  }
  return {
    ...safe,
    LC_ALL: 'C',
    LANGUAGE: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_NO_LAZY_FETCH: '1',
    // Takes precedence over every `protocol.<name>.allow` of the repository, for git before 2.44, which would fetch
    // nevertheless.
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    GIT_SSH_COMMAND: 'false',
    GIT_PAGER: 'cat',
    GIT_NO_REPLACE_OBJECTS: '1',
    // The file of the repository that gives commits other parents, and so takes others out of its history.
    GIT_GRAFT_FILE: devNull,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TRACE2: '0',
    GIT_TRACE2_EVENT: '0',
    GIT_TRACE2_PERF: '0',
  };
}
