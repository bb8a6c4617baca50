import type { Automation } from '../../read/automation/automation.ts';
import { lockedCommands, recordsCommands } from '../../read/lockfile/model/locked-commands.ts';
import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { Project } from '../../read/project/project.ts';
import { memoizeOf } from '../../read/text/remember-of.ts';
import type { ScriptWord } from '../../read/text/shell/read-shell-script.ts';
import type { Span } from '../../read/text/span.ts';
import { callsOf, type InstallCall, installsOf, type StepCall } from './commands-of.ts';

/** A program that is downloaded when it runs, in whatever version is current then. */
export interface UnpinnedProgram {
  /** once: a package of which one command runs; global: a package for the user; script: what a URL serves. */
  readonly kind: 'once' | 'global' | 'script';
  /** The package as written, or the program that downloads and the shell that runs it. */
  readonly name: string;
  readonly span: Span;
}

const SHELLS: ReadonlySet<string> = new Set([
  'sh',
  'bash',
  'dash',
  'ash',
  'zsh',
  'ksh',
  'node',
  'python',
  'python3',
]);
const DOWNLOADERS: ReadonlySet<string> = new Set(['curl', 'wget']);

/** Yields the programs of a file that no lockfile and no exact version pins, in order. */
export function* unpinnedPrograms(file: Automation, project: Project): Generator<UnpinnedProgram> {
  for (const call of installsOf(file)) yield* unpinnedPackages(call, project);
  const calls = callsOf(file);
  for (const [at, call] of calls.entries()) {
    const found = pipedScript(call, calls[at + 1]) ?? substitutedScript(call);
    if (found !== undefined) yield found;
  }
}

function* unpinnedPackages(call: InstallCall, project: Project): Generator<UnpinnedProgram> {
  const { install, args } = call;
  const { place, specs, program } = install;
  if (place === 'project') return;
  for (const spec of specs) {
    const word = args.find(({ text }) => text === spec || text.endsWith(`=${spec}`));
    // `npm create vite` runs another package than the one that is named, and its output is looked at.
    if (word === undefined || isExact(spec) || isOwn(spec, place, project)) continue;
    if (place === 'once' && isLocal(spec, project, program !== undefined)) continue;
    yield { kind: place, name: spec, span: word.span };
  }
}

/** Checks for one version, a commit, or a file: everything else changes with time. */
function isExact(spec: string): boolean {
  if (!/^(?:@[\w.~-]+\/)?[\w.~-]+(?:@|$)/.test(spec)) return true;
  return /.@v?\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/.test(spec);
}

/**
 * Checks for a package of the project itself, whose last release is what such a job tries. A private one has no release, so
 * whatever a registry has under its name is somebody else's, unless the command is found in the project.
 */
function isOwn(spec: string, place: 'once' | 'global', { members }: Project): boolean {
  const name = nameOf(spec);
  const isFound = place === 'once' && name === spec;
  return [...members.values()].some((member) => member.name === name && (isFound || !member.private));
}

function nameOf(spec: string): string {
  return /^(?:@[^/]+\/)?[^@]+/.exec(spec)![0];
}

/**
 * Checks whether the command may be one that the project installs.
 * @param isCommand whether the word names a command, and a package only if there is no such command
 */
function isLocal(spec: string, project: Project, isCommand: boolean): boolean {
  const name = nameOf(spec);
  if (name !== spec) return false;
  const { lockfile, rootManifest } = project;
  if (rootManifest?.dependencies.some((dependency) => dependency.name === name) === true) return true;
  if (lockfile === undefined) return isCommand && !name.startsWith('@');
  const { packages, commands } = namesIn(lockfile);
  if (packages.has(name)) return true;
  if (!isCommand || name.startsWith('@')) return false;
  return !recordsCommands(lockfile) || commands.has(name);
}

interface Names {
  readonly packages: ReadonlySet<string>;
  readonly commands: ReadonlySet<string>;
}

const namesIn = memoizeOf(
  (lockfile: Lockfile): Names => ({
    packages: new Set(lockfile.entries.map(({ name }) => name)),
    commands: new Set([...lockedCommands(lockfile)].map(({ name }) => name)),
  }),
);

/** Finds `curl URL | sh` and `bash <(curl URL)`. */
function pipedScript(call: StepCall, next: StepCall | undefined): UnpinnedProgram | undefined {
  if (next === undefined || next.step !== call.step) return undefined;
  const isPiped =
    call.after === '|' && DOWNLOADERS.has(call.program) && SHELLS.has(next.program) && readsInput(next);
  const isSubstituted = call.after === '<(' && SHELLS.has(call.program) && DOWNLOADERS.has(next.program);
  const [download, shell] = isPiped ? [call, next] : isSubstituted ? [next, call] : [];
  if (download === undefined || shell === undefined || !isChanging(download.args)) return undefined;
  const span = { start: call.word.span.start, end: (next.args.at(-1) ?? next.word).span.end };
  return { kind: 'script', name: `${download.program} | ${shell.program}`, span };
}

/** Checks whether a shell runs its input: it has no file to run. */
function readsInput({ program, args }: StepCall): boolean {
  const first = args.find(({ text }) => !text.startsWith('-'));
  const isScript = args.some(
    ({ text }) => /^-\w*c$/.test(text) || text === '-e' || text === '-m' || text === '-p',
  );
  const readsArguments = args.some(({ text }) => text === '-' || /^-\w*s$/.test(text));
  return !isScript && (first === undefined || readsArguments) && program !== '';
}

/** Finds `sh -c "$(curl URL)"` and `eval "$(curl URL)"`. */
function substitutedScript({ program, args }: StepCall): UnpinnedProgram | undefined {
  if (program !== 'eval' && !(SHELLS.has(program) && args.some(({ text }) => /^-\w*c$/.test(text))))
    return undefined;
  const word = args.find(({ text }) => /^\$\(\s*(?:curl|wget)\s[^|]*\)$/.test(text));
  if (word === undefined || !isChanging([word])) return undefined;
  return { kind: 'script', name: `curl | ${program}`, span: word.span };
}

/** Checks for a URL of another machine that names no commit. */
function isChanging(words: readonly ScriptWord[]): boolean {
  const url = words
    .map(({ text }) => /https?:\/\/[^\s"')]+/.exec(text)?.[0])
    .find((found) => found !== undefined);
  if (url === undefined || /^https?:\/\/(?:localhost|127\.|\[::1\]|host\.docker\.internal)/.test(url))
    return false;
  return !/[\da-f]{40}/.test(url);
}
