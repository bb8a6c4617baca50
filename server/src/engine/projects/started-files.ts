import { languageOf } from '../../core/judge/changes/reach/shell-loads.ts';
import { type Runner, scriptFiles } from '../../core/judge/changes/script-files.ts';
import {
  type CodeFile,
  type ReadCode,
  readCode,
  suspiciousIn,
  togetherWith,
} from '../../core/know/scripts/read-code.ts';
import type { TogetherWith } from '../../core/know/scripts/suspicious-module.ts';
import type { StartedFile } from '../../core/read/project/started-code.ts';
import { isWithin, joinUri, relativeUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { Span } from '../../core/read/text/span.ts';
import type { ReadResult } from '../ports.ts';
import { type Load, loadsOf, startsOf } from './started-loads.ts';

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
  /** Reads a file; a folder counts as missing. */
  read(uri: Uri): Promise<ReadResult>;
}

/** More than install scripts start. */
const MOST_FILES = 40;
const MOST_CANDIDATES = 1000;
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
    const reached = await filesOf(command, search, read);
    const together = togetherWith(reached.flatMap(({ code }) => (typeof code === 'string' ? [] : [code])));
    for (const { uri, code } of reached) {
      const before = found.findIndex((one) => one.uri === uri);
      const file = { uri, path: relativeUri(search.folder, uri), script: name };
      const next =
        typeof code === 'string'
          ? { ...file, traits: [], suspicious: undefined, unread: code }
          : { ...file, ...whatItDoes(code, together) };
      if (before === -1) found.push(next);
      // A file may be read both as JavaScript and as a shell script.
      else if (found[before]!.suspicious === undefined && next.suspicious !== undefined) found[before] = next;
    }
  }
  return found;
}

function whatItDoes(code: ReadCode, together: TogetherWith): Pick<StartedFile, 'traits' | 'suspicious'> {
  const line = (offset: number) => countLines(code.text, offset);
  const suspicious = suspiciousIn(code, together);
  return {
    traits: code.traits.map(({ trait, offset }) => ({ trait, line: line(offset) })),
    suspicious: suspicious && {
      ...{ suspicion: suspicious.suspicion, outline: suspicious.outline },
      ...{ line: line(suspicious.offset), span: spanAt(code.text, suspicious.offset) },
    },
  };
}

/** What a file does, or why it is not read, as a clause. Undefined if there is none. */
type Reached = ReadCode | string | undefined;

type Reader = (uri: Uri, runner: Runner | undefined) => Promise<Reached>;

function createReader({ bound, read }: StartedSearch): Reader {
  const known = new Map<string, Promise<Reached>>();
  let characters = 0;
  return (uri, runner) => {
    const key = `${runner} ${uri}`;
    let code = known.get(key);
    if (code !== undefined || known.size >= MOST_CANDIDATES || !isWithin(bound, uri))
      return code ?? Promise.resolve(undefined);
    code = read(uri).then((file) => {
      if (file.type !== 'text') return file.type === 'refused' ? file.reason : undefined;
      if (characters >= MOST_CHARACTERS) return 'is too much code with the files before it';
      const { text } = file;
      characters += text.length;
      return readCode({ text, language: codeLanguage(uri, text, runner) });
    });
    known.set(key, code);
    return code;
  };
}

function codeLanguage(uri: Uri, text: string, runner: Runner | undefined): CodeFile['language'] {
  if (runner !== undefined) return runner === 'javascript' ? 'module' : 'shell';
  return languageOf(uri, text) === 'module' ? 'module' : 'shell';
}

/** A file that a script reaches. */
interface ReachedFile {
  readonly uri: Uri;
  readonly code: ReadCode | string;
}

async function filesOf(
  command: string,
  { folder, bound, read: readText, mainFiles }: StartedSearch,
  read: Reader,
): Promise<readonly ReachedFile[]> {
  const files = new Map<string, ReachedFile>();
  const mainFilesOf = async (manifest: Uri) => {
    const file = isWithin(bound, manifest) ? await readText(manifest) : undefined;
    return file?.type === 'text' ? mainFiles(manifest, file.text) : [];
  };
  const add = async (uri: Uri, runner: Runner | undefined): Promise<boolean> => {
    // Node.js reads these as data, libraries and programs; a shell runs whatever it gets.
    if (runner !== 'shell' && /\.(?:node|wasm|json)$/i.test(uri)) return false;
    const code = files.size <= MOST_FILES ? await read(uri, runner) : undefined;
    if (code === undefined) return false;
    const language = typeof code === 'string' || code.module === undefined ? 'shell' : 'module';
    const isLast = files.size === MOST_FILES;
    files.set(`${language} ${uri}`, { uri, code: isLast ? `comes after ${MOST_FILES} other files` : code });
    return true;
  };
  const addFirst = async ({ groups, runner }: Load): Promise<void> => {
    for (const group of groups) {
      let isFound = false;
      for (const uri of group) if (await add(uri, runner)) isFound = true;
      if (isFound) return;
    }
  };
  const commanded = scriptFiles(command);
  for (const { path, runner } of startsOf(commanded)) await add(joinUri(folder, path), runner);
  for (const { path, kind } of commanded)
    if (kind === 'main')
      for (const main of await mainFilesOf(joinUri(folder, path))) await add(main, 'javascript');
  for (const { uri, code } of [...files.values()])
    if (typeof code !== 'string') for (const load of loadsOf(uri, code, folder)) await addFirst(load);
  return [...files.values()];
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
