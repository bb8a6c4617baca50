import type { PackageCode } from '../../core/know/capabilities/scan-package.ts';
import { utf8Decoder } from '../../core/read/text/encoding.ts';
import { addFile, addReached, isWanted, type MutableCode, newCode } from './package-code.ts';

/** The decompression of the Streams API, which every runtime of JavaScript has. */
declare const DecompressionStream: new (
  format: 'gzip',
) => {
  readonly readable: {
    getReader(): {
      read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }>;
      cancel(): Promise<void>;
    };
  };
  readonly writable: { getWriter(): { write(chunk: Uint8Array): Promise<void>; close(): Promise<void> } };
};

/** A larger package is read up to here. */
const MOST_BYTES = 300_000_000;
const BLOCK = 512;

/** Reads the files of a package's tarball. Undefined if it is not one. */
export async function readTarball(tarball: Uint8Array): Promise<PackageCode | undefined> {
  const unpacked = await decompress(tarball);
  if (unpacked === undefined) return undefined;
  const { bytes, isCut } = unpacked;
  const code = newCode();
  const others = new Map<string, Uint8Array>();
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const size = octal(header, 124, 12);
    if (size === undefined) return code.files.size === 0 ? undefined : code;
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === 'L') longName = text(content, 0, content.length);
    else if (type === 'x')
      longName = /(?:^|\n)\d+ path=([^\n]*)\n/.exec(utf8Decoder.decode(content))?.[1] ?? longName;
    else if (type !== 'g') {
      if (type === '0' || type === '\0') addEntry(code, others, longName ?? nameOf(header), content);
      longName = undefined;
    }
  }
  await addReached(code, (path) => addFile(code, path, others.get(path)!));
  if (isCut) code.gaps.push({ file: '.', reason: 'the package is larger than 300 MB' });
  return code.files.size === 0 && code.binaries.length === 0 ? undefined : code;
}

/** Adds a file without the first folder, whatever its name, as package managers unpack it. */
function addEntry(
  code: MutableCode,
  others: Map<string, Uint8Array>,
  name: string,
  content: Uint8Array,
): void {
  const path = name.replace(/^[^/]*\//, '');
  if (path === '' || path.split('/').includes('..')) return;
  if (isWanted(path)) addFile(code, path, content);
  else {
    others.set(path, content);
    code.others.add(path);
  }
}

function nameOf(header: Uint8Array): string {
  const prefix = text(header, 257, 5) === 'ustar' ? text(header, 345, 155) : '';
  const name = text(header, 0, 100);
  return prefix === '' ? name : `${prefix}/${name}`;
}

function text(bytes: Uint8Array, from: number, length: number): string {
  const field = bytes.subarray(from, from + length);
  const end = field.indexOf(0);
  return utf8Decoder.decode(end < 0 ? field : field.subarray(0, end));
}

function octal(header: Uint8Array, from: number, length: number): number | undefined {
  const digits = text(header, from, length).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}

async function decompress(
  packed: Uint8Array,
): Promise<{ readonly bytes: Uint8Array; readonly isCut: boolean } | undefined> {
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  // Both fail where it is no gzip, and the reader says so.
  void writer.write(packed).catch(() => undefined);
  void writer.close().catch(() => undefined);
  const reader = readable.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      chunks.push(next.value!);
      length += next.value!.length;
      if (length > MOST_BYTES) {
        await reader.cancel().catch(() => undefined);
        return { bytes: joined(chunks, length), isCut: true };
      }
    }
  } catch {
    return undefined;
  }
  return { bytes: joined(chunks, length), isCut: false };
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
