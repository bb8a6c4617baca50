import { isSourceName, type ParseTyped } from '../../read/source/parse-source.ts';
import { shellTraits } from '../scripts/code-traits.ts';
import { FOREIGN, suspiciousForeign } from '../scripts/foreign-code.ts';
import { readShell } from '../scripts/run-code.ts';
import { suspiciousScript } from '../scripts/suspicious-script.ts';
import { readAgentFiles } from './agent-files.ts';
import type { Sign } from './capability.ts';
import { hasRuntimeLine, isOtherLanguage, isShellProgram, mayBeCode } from './code-names.ts';
import { addCombinations, MOST_FILES } from './combinations.ts';
import { type InstallStart, installStart, normalPath } from './install-files.ts';
import { parseManifest } from './manifest.ts';
import { type CapabilityRecord, RECORD_VERSION, type RecordedSign } from './record.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { type ScannedFile, scanFiles } from './scan-files.ts';
import { type Score, scoreSigns } from './score.ts';
import { findFile, relativePath } from './source-files.ts';

/** The files of a package, each with its path in it. Texts of other files than sources, scripts and manifests may be missing. */
export interface PackageCode {
  readonly files: ReadonlyMap<string, string>;
  /** Files that are programs for the machine. */
  readonly binaries: readonly string[];
  /** Files that could not be read, each with the reason. */
  readonly gaps: readonly { readonly file: string; readonly reason: string }[];
  /** Files that nothing seemed to load or start, whose texts are not known. */
  readonly others?: ReadonlySet<string>;
}

const NOT_LOADED =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|specs?|examples?|docs?|fixtures?|bench(?:marks?)?|demos?|coverage|\.github|\.storybook)\/|\.(?:test|spec|stories)\.\w+$|(?:^|\/)(?:Gruntfile|gulpfile|karma\.conf|rollup\.config|webpack\.config|jest\.config|vite\.config|eslint\.config|\.eslintrc)\b/i;
/** Signs that only the programs of an install count for. */
const ONLY_INSTALL: ReadonlySet<Sign> = new Set(['install-binary', 'install-runtime']);
/** Signs that are ordinary in the programs that people start. */
const NOT_IN_PROGRAMS: ReadonlySet<Sign> = new Set([
  'network-at-start',
  'processes-at-start',
  'detached-at-start',
  'hidden-temporary',
  'publishes-at-start',
  'endless-loop',
  'floods-output',
  'changes-registry',
  'writes-documents',
]);

/** Signs that only count in what an import of the package loads, and not in tools that lie beside it. */
const ONLY_IMPORTED: ReadonlySet<Sign> = new Set(['endless-loop', 'floods-output']);

/** Finds what the code of a package can do, and what in it is suspicious. Runs nothing of it. */
export function scanPackage(
  { files: given, binaries, gaps, others = new Set() }: PackageCode,
  parseTyped?: ParseTyped,
): CapabilityRecord {
  const manifest = parseManifest(given.get('package.json'));
  const start = installStart(manifest.scripts, given.get('binding.gyp'));
  const { files, inline, from } = withInlineCode(given, start);
  const found = createRecorder();
  const unread = [...gaps];
  const begun = [...start.files, ...start.direct, ...inline];
  const isProgram = (path: string) =>
    path !== manifest.main &&
    !begun.includes(path) &&
    (manifest.programs.has(path) || files.get(path)?.startsWith('#!') === true);
  const first = [...begun, ...loadedFiles(files), ...manifest.programs, ...(manifest.entries ?? [])];
  const scanned = scanFiles(files, first, {
    ownName: manifest.name,
    isProgram,
    isShell: (path) => start.shell.has(path),
    parseTyped,
    gaps: unread,
  });
  const installed = reach(begun, scanned);
  const imported = reach(manifest.entries ?? files.keys(), scanned);
  for (const path of new Set([...installed, ...scanned.keys()])) {
    const facts = scanned.get(path);
    if (facts === undefined) continue;
    const isInstall = installed.has(path);
    const isStarted = manifest.programs.has(path) || facts.text.startsWith('#!');
    const shown = from.get(path) ?? path;
    const lineOf = (at: number) => (shown === path ? lineAt(facts.text, at) : 1);
    for (const { capability, detail, at } of facts.evidence) found.add(capability, detail, shown, lineOf(at));
    for (const { sign, at, isLoaded } of facts.signs) {
      if (ONLY_IMPORTED.has(sign) && !isInstall && !imported.has(path)) continue;
      if (isInstall ? false : ONLY_INSTALL.has(sign) || (isStarted && NOT_IN_PROGRAMS.has(sign))) continue;
      found.sign(sign, shown, lineOf(at), { isLoaded, isInstall });
    }
  }

  readAgentFiles(given, found);
  if (start.isSuspicious)
    found.sign('install-script', 'package.json', 1, { isLoaded: true, isInstall: true });
  const plain = manifest.dependencies.find((spec) => /^http:\/\/(?!localhost\b|127\.)/i.test(spec));
  if (plain !== undefined)
    found.sign('plain-dependency', 'package.json', 1, { isLoaded: true, isInstall: true });
  if (start.hasScripts) found.add('install', 'scripts', 'package.json', 1);
  const next = [...installed].flatMap((path) =>
    (scanned.get(path)?.loads ?? []).flatMap((load) => [relativePath(path, load), normalPath(load)]),
  );
  for (const path of new Set([...begun, ...next])) {
    const text = files.get(path);
    const isStarted = begun.includes(path);
    if (text === undefined && isStarted && binaries.includes(path))
      found.sign('install-binary', path, 1, { isLoaded: true, isInstall: true });
    if (text === undefined || (!start.shell.has(path) && (isSourceName(path) || /\.json$/.test(path))))
      continue;
    const line = FOREIGN.test(path) ? suspiciousForeign(text) && 1 : suspiciousLine(text);
    if (line !== undefined) found.sign('install-script', path, line, { isLoaded: true, isInstall: true });
  }
  for (const path of manifest.programs) readProgram(path, files.get(path), scanned, found, unread);
  unread.push(...unknownLoads(scanned, others));
  if (binaries.length > 0) found.add('native-code', 'programs', binaries[0]!, 1);

  const signs = addCombinations(found, files, manifest.name);
  const { score, isSuspicious } = scoreOf(signs, found, files.size);
  return {
    version: RECORD_VERSION,
    entries: found.entries(),
    signs,
    score,
    isSuspicious,
    files: given.size,
    parsed: [...scanned.values()].filter(({ isParsed }) => isParsed).length,
    gaps: unread,
  };
}

const JAVASCRIPT = /^(?:node|bun|deno|tsx|ts-node)$/;
const LONGEST_SCRIPT = 100_000;

/**
 * Adds the code that scripts of the install give to interpreters as files of the package, in its folder.
 *
 * @returns The paths of these files, and in which file each is written.
 */
function withInlineCode(files: ReadonlyMap<string, string>, start: InstallStart) {
  const inline = [...start.inline.map((one) => ({ ...one, path: 'package.json' }))];
  for (const path of new Set([...start.files, ...start.direct])) {
    const text = files.get(path);
    if (text !== undefined && (start.shell.has(path) || isShellProgram(path, text)))
      for (const one of readShell(text.slice(0, LONGEST_SCRIPT)).inline) inline.push({ ...one, path });
  }
  const all = new Map(files);
  const from = new Map<string, string>();
  for (const { program, code, path } of inline) {
    if (!JAVASCRIPT.test(program)) continue;
    const name = `inline-${from.size}.${program === 'node' ? 'js' : 'ts'}`;
    all.set(name, code);
    from.set(name, path);
  }
  return { files: all, inline: [...from.keys()], from };
}

/** Returns the sources that no test, example or tool alone loads. */
function loadedFiles(files: ReadonlyMap<string, string>): readonly string[] {
  return [...files]
    .filter(
      ([path, text]) =>
        !NOT_LOADED.test(path) && (isSourceName(path) || (hasRuntimeLine(text) && mayBeCode(path))),
    )
    .map(([path]) => path);
}

/** Signs of the install count wherever they are. */
const OF_INSTALL = /^(?:install-|plain-dependency)/;

/** Returns the score of a package. Files of a large one do things that have nothing to do with each other. */
function scoreOf(signs: readonly RecordedSign[], found: Recorder, size: number): Score {
  if (size <= MOST_FILES) return scoreSigns(signs.map(({ sign }) => sign));
  const byFile = new Map<string, Set<Sign>>();
  const kept = new Set(signs.map(({ sign }) => sign));
  for (const { sign, file } of [...signs, ...found.all()]) {
    if (!kept.has(sign)) continue;
    const own = byFile.get(file);
    if (own === undefined) byFile.set(file, new Set([sign]));
    else own.add(sign);
  }
  const installed = signs.filter(({ sign }) => OF_INSTALL.test(sign)).map(({ sign }) => sign);
  let worst = scoreSigns(installed);
  for (const own of byFile.values()) {
    const score = scoreSigns([...own, ...installed]);
    const isWorse =
      score.isSuspicious === worst.isSuspicious ? score.score > worst.score : score.isSuspicious;
    if (isWorse) worst = score;
  }
  return worst;
}

/** Reads a program that people start, if it is no JavaScript. */
function readProgram(
  path: string,
  text: string | undefined,
  scanned: ReadonlyMap<string, ScannedFile>,
  found: Recorder,
  gaps: { file: string; reason: string }[],
): void {
  if (text === undefined || scanned.has(path) || gaps.some(({ file }) => file === path)) return;
  if (!isShellProgram(path, text)) {
    gaps.push({ file: path, reason: 'it is in a language that is not read' });
    return;
  }
  found.add('processes', 'commands', path, 1);
  const network = shellTraits(text).find(({ trait }) => trait === 'network');
  if (network !== undefined) found.add('network', 'requests', path, lineAt(text, network.at));
  const line = suspiciousLine(text);
  if (line !== undefined) found.sign('suspicious-command', path, line, { isLoaded: false, isInstall: false });
}

/** Returns the first line of a script that is suspicious by itself or after the lines above it, counted from 1. */
function suspiciousLine(text: string): number | undefined {
  const lines = text.split('\n').map((line) => (/^\s*#/.test(line) ? '' : line));
  const alone = lines.findIndex((line) => suspiciousScript(line) !== undefined);
  if (alone !== -1) return alone + 1;
  // A download in one line, its start in another.
  if (suspiciousScript(lines.join('\n')) === undefined) return undefined;
  const after = lines.findIndex((_, at) => suspiciousScript(lines.slice(0, at + 1).join('\n')) !== undefined);
  return after === -1 ? undefined : after + 1;
}

/** Returns the files that code loads by a name that shows only when it is followed. */
function unknownLoads(
  scanned: ReadonlyMap<string, ScannedFile>,
  others: ReadonlySet<string>,
): PackageCode['gaps'] {
  const found = new Set<string>();
  for (const [from, { loads }] of scanned)
    for (const load of loads) {
      const path = relativePath(from, load);
      if (others.has(path) && mayBeCode(path) && !isOtherLanguage(path, '')) found.add(path);
    }
  return [...found].map((file) => ({ file, reason: 'its name is put together by the code that loads it' }));
}

/** Returns files and those that they load in turn. */
function reach(first: Iterable<string>, scanned: ReadonlyMap<string, ScannedFile>): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (path: string) => {
    const file = findFile(path, (one) => scanned.has(one));
    if (file !== undefined) found.add(file);
  };
  for (const path of first) add(path);
  for (const path of found) for (const load of scanned.get(path)?.loads ?? []) add(relativePath(path, load));
  return found;
}

function lineAt(text: string, at: number): number {
  let line = 1;
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) line++;
  return line;
}
