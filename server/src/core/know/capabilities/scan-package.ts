import { isSourceName, type ParseTyped, parseSource } from '../../read/source/parse-source.ts';
import { suspiciousScript } from '../scripts/suspicious-script.ts';
import type { Sign } from './capability.ts';
import { addCombinations } from './combinations.ts';
import { installStart, normalPath } from './install-files.ts';
import { type CapabilityRecord, RECORD_VERSION } from './record.ts';
import { createRecorder } from './recorder.ts';
import { findHidden, isWorthParsing } from './scan/raw-text.ts';
import { type SourceFacts, scanSource } from './scan/scan-source.ts';
import { scoreSigns } from './score.ts';

/** The files of a package, each with its path in it. Texts of other files than sources, scripts and manifests may be missing. */
export interface PackageCode {
  readonly files: ReadonlyMap<string, string>;
  /** Files that are programs for the machine. */
  readonly binaries: readonly string[];
  /** Files that could not be read, each with the reason. */
  readonly gaps: readonly { readonly file: string; readonly reason: string }[];
}

interface ScannedFile extends SourceFacts {
  readonly text: string;
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
  'publishes-at-start',
  'endless-loop',
]);

/** Finds what the code of a package can do, and what in it is suspicious. Runs nothing of it. */
export function scanPackage(
  { files, binaries, gaps }: PackageCode,
  parseTyped?: ParseTyped,
): CapabilityRecord {
  const manifest = parseManifest(files.get('package.json'));
  const start = installStart(manifest.scripts, files.get('binding.gyp'));
  const found = createRecorder();
  const unread = [...gaps];
  const scanned = new Map<string, ScannedFile>();
  let parsed = 0;
  const scan = (path: string): ScannedFile | undefined => {
    const known = scanned.get(path);
    const text = files.get(path);
    if (known !== undefined || text === undefined) return known;
    const facts = scanText(text, path, manifest.name, unread, parseTyped);
    if (facts.isParsed) parsed++;
    scanned.set(path, facts);
    return facts;
  };

  const isSource = (path: string) => isSourceName(path) && files.has(path);
  const installed = reach([...start.files, ...start.direct], isSource, scan);
  const rest = reach(
    [...files.keys()].filter((path) => isSourceName(path) && !NOT_LOADED.test(path)),
    isSource,
    scan,
  );
  for (const path of new Set([...installed, ...rest])) {
    const facts = scanned.get(path);
    if (facts === undefined) continue;
    const isInstall = installed.has(path);
    const isProgram = manifest.programs.has(path) || facts.text.startsWith('#!');
    for (const { capability, detail, at } of facts.evidence)
      found.add(capability, detail, path, lineAt(facts.text, at));
    for (const { sign, at, isLoaded } of facts.signs) {
      if (isInstall ? false : ONLY_INSTALL.has(sign) || (isProgram && NOT_IN_PROGRAMS.has(sign))) continue;
      found.sign(sign, path, lineAt(facts.text, at), { isLoaded, isInstall });
    }
  }

  if (start.isSuspicious)
    found.sign('install-script', 'package.json', 1, { isLoaded: true, isInstall: true });
  if (start.hasScripts) found.add('install', 'scripts', 'package.json', 1);
  const begun = [...installed].flatMap((path) =>
    (scanned.get(path)?.loads ?? []).flatMap((load) => [
      normalPath(`${folderOf(path)}${load}`),
      normalPath(load),
    ]),
  );
  for (const path of new Set([...start.files, ...start.direct, ...begun])) {
    const text = files.get(path);
    const isStarted = start.files.includes(path) || start.direct.includes(path);
    if (text === undefined && isStarted && binaries.includes(path))
      found.sign('install-binary', path, 1, { isLoaded: true, isInstall: true });
    if (text === undefined || isSourceName(path) || /\.json$/.test(path)) continue;
    const at = text.split('\n').findIndex((line) => suspiciousScript(line) !== undefined);
    if (at >= 0) found.sign('install-script', path, at + 1, { isLoaded: true, isInstall: true });
  }
  if (binaries.length > 0) found.add('native-code', 'programs', binaries[0]!, 1);

  const signs = addCombinations(found, files);
  const { score, isSuspicious } = scoreSigns(signs.map(({ sign }) => sign));
  return {
    version: RECORD_VERSION,
    entries: found.entries(),
    signs,
    score,
    isSuspicious,
    files: files.size,
    parsed,
    gaps: unread,
  };
}

function scanText(
  text: string,
  path: string,
  ownName: string | undefined,
  gaps: { file: string; reason: string }[],
  parseTyped: ParseTyped | undefined,
): ScannedFile & { readonly isParsed: boolean } {
  const hidden = findHidden(text);
  const evidence = hidden.map(({ detail, at }) => ({ capability: 'obfuscation' as const, detail, at }));
  const signs = hidden.map(({ sign, at }) => ({ sign, at, isLoaded: true }));
  const nothing = { text, evidence, signs, loads: relativeLoads(text), isPartial: false };
  if (!isWorthParsing(text)) return { ...nothing, isParsed: false };
  const source = parseSource(text, path, parseTyped);
  if (source.type === 'unparsed') {
    gaps.push({ file: path, reason: source.reason });
    return { ...nothing, isParsed: false };
  }
  const facts = scanSource(source.program, ownName);
  if (facts.isPartial) gaps.push({ file: path, reason: 'parts of it are nested too deeply' });
  return {
    ...facts,
    text,
    evidence: [...evidence, ...facts.evidence],
    signs: [...signs, ...facts.signs],
    isParsed: true,
  };
}

/** Returns the paths that a text that is not parsed loads. */
function relativeLoads(text: string): readonly string[] {
  return [
    ...text
      .slice(0, 200_000)
      .matchAll(/(?:\brequire\s*\(\s*|\bfrom\s*|\bimport\s*\(?\s*)["'](\.{1,2}\/[^"'\n]{1,200})["']/g),
  ].map(([, path]) => path!);
}

/** Returns files and those that they load in turn. */
function reach(
  first: readonly string[],
  isSource: (path: string) => boolean,
  scan: (path: string) => ScannedFile | undefined,
): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (path: string) => {
    for (const one of [
      path,
      `${path}.js`,
      `${path}.cjs`,
      `${path}.mjs`,
      `${path}/index.js`,
      path.replace(/\.js$/, '.ts'),
      `${path}.ts`,
    ])
      if (isSource(one)) {
        found.add(one);
        return;
      }
  };
  for (const path of first) add(path);
  for (const path of found)
    for (const load of scan(path)?.loads ?? []) add(normalPath(`${folderOf(path)}${load}`));
  return found;
}

function folderOf(path: string): string {
  return path.replace(/[^/]*$/, '');
}

interface Manifest {
  readonly name: string | undefined;
  readonly scripts: Readonly<Record<string, unknown>>;
  /** The files that people start by name. */
  readonly programs: ReadonlySet<string>;
}

function parseManifest(text: string | undefined): Manifest {
  let json: unknown;
  try {
    json = JSON.parse((text ?? '{}').replace(/^\uFEFF/, ''));
  } catch {
    json = {};
  }
  const {
    name: own,
    scripts,
    bin,
  } = (typeof json === 'object' && json !== null ? json : {}) as {
    name?: unknown;
    scripts?: unknown;
    bin?: unknown;
  };
  const names =
    typeof bin === 'string' ? [bin] : typeof bin === 'object' && bin !== null ? Object.values(bin) : [];
  return {
    name: typeof own === 'string' ? own : undefined,
    scripts: typeof scripts === 'object' && scripts !== null ? (scripts as Record<string, unknown>) : {},
    programs: new Set(names.filter((name) => typeof name === 'string').map(normalPath)),
  };
}

function lineAt(text: string, at: number): number {
  let line = 1;
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) line++;
  return line;
}
