import { isSourceName, type ParseTyped, parseSource } from '../../read/source/parse-source.ts';
import { isOtherLanguage, mayBeCode } from './code-names.ts';
import { findHidden, isWorthParsing, relativeLoads, type TextHit } from './scan/raw-text.ts';
import { type SourceFacts, type SourceFile, type SourceOptions, scanSources } from './scan/scan-source.ts';
import { findFile, relativePath } from './source-files.ts';

export interface ScannedFile extends SourceFacts {
  readonly text: string;
  readonly isParsed: boolean;
}

interface ScanOptions extends SourceOptions {
  readonly parseTyped: ParseTyped | undefined;
  /** Checks for files that a shell runs, whatever their name. */
  isShell(path: string): boolean;
  /** Gets the files that cannot be read wholly. */
  readonly gaps: { file: string; reason: string }[];
}

/** The text of files that are read as one program: the trees of more would take too much memory. */
const LARGEST_PROGRAM = 2_000_000;
/** Packages with so much code are parsed wholly if any file is worth it. */
const SMALL_PACKAGE = 40_000;

/** Reads files and those that they load, as programs of one or more files. */
export function scanFiles(
  files: ReadonlyMap<string, string>,
  first: readonly string[],
  options: ScanOptions,
): ReadonlyMap<string, ScannedFile> {
  const scanned = new Map<string, ScannedFile>();
  const has = (path: string) => files.has(path) && mayBeCode(path);
  const isWhole = isSmall(files, first);
  const waiting = new Set<string>();
  const wait = (path: string) => {
    const file = findFile(path, has);
    if (file !== undefined && !scanned.has(file)) waiting.add(file);
  };
  for (const path of first) wait(path);
  while (waiting.size > 0) {
    const program = new Map<string, SourceFile>();
    let size = 0;
    for (const path of waiting) {
      const text = files.get(path)!;
      if (size > 0 && size + text.length > LARGEST_PROGRAM) break;
      waiting.delete(path);
      const isNamed = isSourceName(path);
      const parsed = isNamed ? undefined : parseSource(text, path, options.parseTyped);
      if (parsed?.type === 'unparsed') {
        if (!options.isShell(path) && !isOtherLanguage(path, text))
          options.gaps.push({ file: path, reason: parsed.reason });
        continue;
      }
      const hidden = findHidden(text);
      const loads = relativeLoads(text);
      scanned.set(
        path,
        withHidden({ text, evidence: [], signs: [], loads, isPartial: false }, hidden, false),
      );
      for (const load of loads) wait(relativePath(path, load));
      if (hidden.length === 0 && !isWhole && !isWorthParsing(text)) continue;
      const source = parsed ?? parseSource(text, path, options.parseTyped);
      if (source.type === 'unparsed') {
        options.gaps.push({ file: path, reason: source.reason });
        continue;
      }
      size += text.length;
      program.set(path, { program: source.program, hidden });
    }
    const again = ({ path, hidden }: { readonly path: string; readonly hidden: readonly TextHit[] }) => {
      const source = parseSource(files.get(path)!, path, options.parseTyped);
      return source.type === 'parsed' ? { program: source.program, hidden } : undefined;
    };
    for (const [path, facts] of scanProgram(program, options, again)) {
      scanned.set(path, withHidden({ ...facts, text: files.get(path)! }, program.get(path)!.hidden, true));
      for (const load of facts.loads) wait(relativePath(path, load));
    }
  }
  return scanned;
}

/**
 * Reads files as one program, or each by itself if that fails: no text may end the whole.
 *
 * @param parseAgain Returns a file with a tree of which nothing was read.
 */
function scanProgram(
  program: ReadonlyMap<string, SourceFile>,
  options: ScanOptions,
  parseAgain: (file: {
    readonly path: string;
    readonly hidden: readonly TextHit[];
  }) => SourceFile | undefined,
): ReadonlyMap<string, SourceFacts> {
  try {
    const facts = scanSources(program, options);
    for (const [file, { isPartial }] of facts)
      if (isPartial) options.gaps.push({ file, reason: 'parts of it are nested too deeply' });
    return facts;
  } catch {
    const [only] = program.keys();
    if (program.size > 1)
      return new Map(
        [...program].flatMap(([path, { hidden }]) => {
          const file = parseAgain({ path, hidden });
          return file === undefined ? [] : [...scanProgram(new Map([[path, file]]), options, parseAgain)];
        }),
      );
    options.gaps.push({ file: only ?? '', reason: 'its code could not be followed' });
    return new Map();
  }
}

function withHidden(
  facts: SourceFacts & { readonly text: string },
  hidden: readonly TextHit[],
  isParsed: boolean,
): ScannedFile {
  return {
    ...facts,
    evidence: [
      ...hidden.map(({ detail, at }) => ({ capability: 'obfuscation' as const, detail, at })),
      ...facts.evidence,
    ],
    signs: [...hidden.map(({ sign, at }) => ({ sign, at, isLoaded: true })), ...facts.signs],
    isParsed,
  };
}

function isSmall(files: ReadonlyMap<string, string>, first: readonly string[]): boolean {
  const started = new Set(first);
  const own = [...files].filter(([path]) => isSourceName(path) || (started.has(path) && mayBeCode(path)));
  if (own.reduce((size, [, text]) => size + text.length, 0) > SMALL_PACKAGE) return false;
  return own.some(([, text]) => isWorthParsing(text));
}
