import { zlib } from '../builtin-on-demand.ts';

/** Text files of a package by their path, without the folder that all of them are in. */
export type PackageFiles = ReadonlyMap<string, string>;

/** A package archive that is no archive, or too large; the message is a clause about the file. */
class ArchiveProblem extends Error {}

const MOST_BYTES = 256 * 1024 * 1024;
/** Larger texts are not read as code either. */
const LARGEST_FILE = 8 * 1024 * 1024;
const MOST_CHARACTERS = 64 * 1024 * 1024;
const BLOCK = 512;

/** A regular file of an archive. */
export interface ArchivedFile {
  /** Without the folder that all of them are in. */
  readonly path: string;
  readonly body: Uint8Array;
}

/**
 * Returns the text files of a package archive that its install scripts may start, and manifests. Nothing is written to
 * disk. Links and other special entries are skipped; a later entry of the same path replaces an earlier one.
 */
export async function unpackPackage(archive: Uint8Array): Promise<PackageFiles> {
  const files = new Map<string, string>();
  let characters = 0;
  for (const { path, body } of await archivedFiles(archive)) {
    if (!isWanted(path) || body.length > LARGEST_FILE || body.includes(0)) continue;
    const text = new TextDecoder('utf-8').decode(body);
    characters += text.length;
    if (characters > MOST_CHARACTERS) throw new ArchiveProblem('has more than 64 MB of code');
    files.set(path, text);
  }
  return files;
}

/** Returns the regular files of a package archive in order. A path that leads out of the package is skipped. */
export async function archivedFiles(archive: Uint8Array): Promise<readonly ArchivedFile[]> {
  const tar = await inflated(archive);
  const files: ArchivedFile[] = [];
  let next: { path?: string } = {};
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const header = tar.subarray(at, at + BLOCK);
    const size = numberIn(header.subarray(124, 136));
    const start = at + BLOCK;
    if (size === undefined || start + size > tar.length)
      throw new ArchiveProblem('is not a whole tar archive');
    const body = tar.subarray(start, start + size);
    at = start + Math.ceil(size / BLOCK) * BLOCK;
    const type = String.fromCharCode(header[156]!);
    if (type === 'x' || type === 'L') {
      next = type === 'L' ? { path: textIn(body) } : { ...next, ...paxPath(body) };
      continue;
    }
    if (type === 'g') continue;
    const path = withoutTop(next.path ?? nameIn(header));
    next = {};
    if ((type === '0' || type === '\0') && path !== undefined) files.push({ path, body });
  }
  return files;
}

function inflated(archive: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    zlib().gunzip(archive, { maxOutputLength: MOST_BYTES }, (error, tar) => {
      if (error === null) resolve(tar);
      else if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
        reject(new ArchiveProblem('has more than 256 MB'));
      else reject(new ArchiveProblem('is not compressed with gzip'));
    });
  });
}

/** All but data that no interpreter runs: Node.js runs files with extensions that it does not know as JavaScript. */
function isWanted(path: string): boolean {
  return /(?:^|\/)package\.json$/.test(path) || !/\.(?:json|map|wasm|node)$/i.test(path);
}

function numberIn(field: Uint8Array): number | undefined {
  // The first bit marks a binary number of large files.
  if (field[0]! >= 0x80) {
    let value = field[0]! & 0x7f;
    for (const byte of field.subarray(1)) value = value * 256 + byte;
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const digits = textIn(field).trim();
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : undefined;
}

function nameIn(header: Uint8Array): string {
  const name = textIn(header.subarray(0, 100));
  const isPosix = textIn(header.subarray(257, 262)) === 'ustar';
  const prefix = isPosix ? textIn(header.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

function textIn(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder('utf-8').decode(end === -1 ? bytes : bytes.subarray(0, end));
}

/** Reads `27 path=package/a.js\n`; the first number counts the bytes of the whole record. */
function paxPath(body: Uint8Array): { path?: string } {
  for (let at = 0; at < body.length; ) {
    const [, length = ''] = /^(\d{1,9}) /.exec(textIn(body.subarray(at, at + 12))) ?? [];
    const end = at + Number(length);
    if (length === '' || end <= at || end > body.length) return {};
    const record = textIn(body.subarray(at + length.length + 1, end));
    if (record.startsWith('path=')) return { path: record.slice('path='.length).replace(/\n$/, '') };
    at = end;
  }
  return {};
}

/** Removes the first folder, as package managers do; undefined for a path that leads out of the package. */
function withoutTop(path: string): string | undefined {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return parts.length < 2 || parts.includes('..') || path.includes('\\')
    ? undefined
    : parts.slice(1).join('/');
}
