import { isOfAgents } from '../../core/know/capabilities/agent-files.ts';
import { reachedFiles } from '../../core/know/capabilities/reached-files.ts';
import type { PackageCode } from '../../core/know/capabilities/scan-package.ts';
import { utf8Decoder } from '../../core/read/text/encoding.ts';

/** Code that is being read. */
export interface MutableCode extends PackageCode {
  readonly files: Map<string, string>;
  readonly binaries: string[];
  readonly gaps: { file: string; reason: string }[];
  readonly others: Set<string>;
}

const LARGEST_FILE = 12_000_000;
const MOST_FILES = 20_000;

export function newCode(): MutableCode {
  return { files: new Map(), binaries: [], gaps: [], others: new Set() };
}

/**
 * Checks whether a file may be code, or start some: sources, manifests, scripts, and files without an extension. So do
 * files that AI agents read.
 */
export function isWanted(path: string): boolean {
  if (isOfAgents(path)) return true;
  return /\.(?:[cm]?[jt]sx?|gyp|gypi|sh|bash|bat|cmd|ps1|py|vbs|node|exe|dll|so|dylib|bin)$|(?:^|\/)(?:package\.json|[^./]+)$/i.test(
    path,
  );
}

/** Adds a file as a text, or as a program of the machine. */
export function addFile(code: MutableCode, path: string, content: Uint8Array): void {
  if (isProgram(content)) code.binaries.push(path);
  else if (content.length > LARGEST_FILE) addText(code, path, undefined);
  else addText(code, path, utf8Decoder.decode(content));
}

/** Adds a file whose text is known, or undefined if it is too large. */
export function addText(code: MutableCode, path: string, text: string | undefined): void {
  if (text === undefined || text.length > LARGEST_FILE)
    code.gaps.push({ file: path, reason: 'it is too large' });
  else if (code.files.size >= MOST_FILES) {
    if (code.files.size === MOST_FILES && code.gaps.every(({ file }) => file !== '.'))
      code.gaps.push({ file: '.', reason: `the package has more than ${MOST_FILES} files` });
  } else code.files.set(path, text);
}

/** Adds the files with other names that the code of a package reaches, and those that these reach in turn. */
export async function addReached(
  code: MutableCode,
  add: (path: string) => Promise<void> | void,
): Promise<void> {
  let from: readonly string[] = code.others.size === 0 ? [] : [...code.files.keys()];
  while (from.length > 0) {
    from = reachedFiles(code.files, code.others, from);
    for (const path of from) {
      code.others.delete(path);
      await add(path);
    }
  }
}

/** Checks for the marks of programs of Linux, Windows and macOS. */
function isProgram(content: Uint8Array): boolean {
  const mark = [...content.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return /^(?:7f454c46|4d5a|cffaedfe|cefaedfe|feedface|feedfacf|cafebabe)/.test(mark);
}
