import { moduleLoads } from '../../core/judge/changes/reach/module-loads.ts';
import { modulePaths } from '../../core/judge/changes/reach/module-paths.ts';
import { languageOf, shellLoads } from '../../core/judge/changes/reach/shell-loads.ts';
import { scriptFiles, strictScriptFiles } from '../../core/judge/changes/script-files.ts';
import {
  type CodeFile,
  type ReadCode,
  readCode,
  suspiciousIn,
  togetherWith,
} from '../../core/know/scripts/read-code.ts';
import type { StartedFile } from '../../core/read/project/started-code.ts';
import { isWithin, joinUri, parentUri, relativeUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { Span } from '../../core/read/text/span.ts';

/** A script of a package.json, and where it runs. */
export interface StartingScript {
  readonly name: string;
  readonly command: string;
}

export interface StartedSearch {
  /** The folder of the package, in which its scripts run. */
  readonly folder: Uri;
  /** Nothing outside of it is read. */
  readonly bound: Uri;
  readonly scripts: readonly StartingScript[];
  /** Returns the files that `main` of a package.json may name; of the main program, as it has a reader of JSON. */
  mainFiles(manifest: Uri, text: string): readonly Uri[];
  /** Returns the text of a file; undefined if there is none, or none that can be read. */
  textOf(uri: Uri): Promise<string | undefined>;
}

/** More than install scripts start. */
const MOST_FILES = 40;
const MOST_CANDIDATES = 400;
/** Texts beyond it are not read. */
const MOST_CHARACTERS = 20_000_000;
const LONGEST_SPAN = 120;

/**
 * Reads the files that scripts start, and those that these load or start themselves with a written path. Deeper files, and
 * commands of other packages, are not followed. Runs nothing.
 */
export async function startedFiles(search: StartedSearch): Promise<readonly StartedFile[]> {
  const found: StartedFile[] = [];
  const read = createReader(search);
  for (const { name, command } of search.scripts) {
    const files = await filesOf(command, search, read);
    const together = togetherWith([...files.values()]);
    for (const [uri, code] of files) {
      if (found.some((one) => one.uri === uri)) continue;
      const line = (offset: number) => countLines(code.text, offset);
      const suspicious = suspiciousIn(code, together);
      found.push({
        ...{ uri, path: relativeUri(search.folder, uri), script: name },
        traits: code.traits.map(({ trait, offset }) => ({ trait, line: line(offset) })),
        suspicious: suspicious && {
          ...{ suspicion: suspicious.suspicion, outline: suspicious.outline },
          ...{ line: line(suspicious.offset), span: spanAt(code.text, suspicious.offset) },
        },
      });
    }
  }
  return found;
}

type Reader = (uri: Uri) => Promise<ReadCode | undefined>;

function createReader({ bound, textOf }: StartedSearch): Reader {
  const known = new Map<Uri, Promise<ReadCode | undefined>>();
  let characters = 0;
  return (uri) => {
    let code = known.get(uri);
    if (code !== undefined || known.size >= MOST_CANDIDATES || !isWithin(bound, uri))
      return code ?? Promise.resolve(undefined);
    code = textOf(uri).then((text) => {
      if (text === undefined || characters >= MOST_CHARACTERS) return undefined;
      characters += text.length;
      return readCode({ text, language: codeLanguage(uri, text) });
    });
    known.set(uri, code);
    return code;
  };
}

function codeLanguage(uri: Uri, text: string): CodeFile['language'] {
  return languageOf(uri, text) === 'module' ? 'module' : 'shell';
}

async function filesOf(
  command: string,
  { folder, bound, textOf, mainFiles }: StartedSearch,
  read: Reader,
): Promise<ReadonlyMap<Uri, ReadCode>> {
  const files = new Map<Uri, ReadCode>();
  const mainFilesOf = async (manifest: Uri) => {
    const text = isWithin(bound, manifest) ? await textOf(manifest) : undefined;
    return text === undefined ? [] : mainFiles(manifest, text);
  };
  const add = async (uri: Uri): Promise<void> => {
    const isCode = !/\.(?:node|wasm|json)$/i.test(uri);
    const code = files.size < MOST_FILES && isCode ? await read(uri) : undefined;
    if (code !== undefined) files.set(uri, code);
  };
  for (const { path, kind } of scriptFiles(command)) {
    if (kind === 'file') await add(joinUri(folder, path));
    if (kind === 'main') for (const main of await mainFilesOf(joinUri(folder, path))) await add(main);
  }
  for (const [uri, code] of [...files]) {
    for (const group of loadsOf(uri, code, folder)) for (const one of group) await add(one);
  }
  return files;
}

/** The extensions of files that a program starts by their name. */
const STARTED = /^[\w@./-]{1,200}\.(?:[cm]?js|sh|bash|bat|cmd|ps1|py)$/;
const COMMAND = /^[^\n]{1,300}\.(?:[cm]?js|sh|bash|bat|cmd|ps1|py)\b/;
const MOST_STARTED = 50;

/** Yields the files that a file may load or start. */
function* loadsOf(uri: Uri, code: ReadCode, folder: Uri): Generator<readonly Uri[]> {
  const own = parentUri(uri);
  if (code.module === undefined) {
    for (const { path, kind } of shellLoads(code.text))
      if (kind === 'file') yield [...new Set([joinUri(folder, path), joinUri(own, path)])];
    return;
  }
  for (const specifier of moduleLoads(code.text))
    if (/^\.{1,2}(?:\/|$)/.test(specifier))
      for (const group of modulePaths(specifier)) yield group.map((path) => joinUri(own, path));
  if (!code.traits.some(({ trait }) => trait === 'programs')) return;
  let left = MOST_STARTED;
  for (const { value } of code.module.strings) {
    const paths = STARTED.test(value)
      ? [value]
      : COMMAND.test(value)
        ? strictScriptFiles(value).flatMap(({ path, kind }) => (kind === 'file' ? [path] : []))
        : [];
    for (const path of paths) {
      if (left-- <= 0) return;
      if (!path.startsWith('/')) yield [...new Set([joinUri(folder, path), joinUri(own, path)])];
    }
  }
}

function countLines(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** Returns the rest of the line, at most a few words of a bundle's. */
function spanAt(text: string, start: number): Span {
  const end = text.indexOf('\n', start);
  return { start, end: Math.min(end === -1 ? text.length : end, start + LONGEST_SPAN) };
}
