import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseJson } from '../../core/know/registry/documents/document-kind.ts';
import { asObject } from '../../core/know/registry/documents/json-value.ts';
import { readBoundedSync } from '../files/read-bounded.ts';
import { type Archive, sha512 } from './archives/archive.ts';

const MAX_FILE = 64 * 1024 * 1024;
/** npm writes the first as the second. */
const IGNORES = /(?:^|\/)\.(?:git|npm)ignore$/;

/**
 * Returns the files of an installed package whose content differs from the package's archive, in order. Missing files are
 * no changes: tools remove some to save space.
 */
export function changedFiles(directory: string, { files, manifest }: Archive): readonly string[] {
  const changed: string[] = [];
  for (const [path, digest] of files) {
    if (IGNORES.test(path) || path.split('/').includes('..')) continue;
    const bytes = readOrNothing(join(directory, ...path.split('/')));
    if (bytes === undefined || sha512(bytes) === digest) continue;
    if (sha512(withWindowsShebang(bytes)) === digest) continue;
    if (path === 'package.json' && manifest !== undefined && isSameManifest(bytes, manifest)) continue;
    changed.push(path);
  }
  return changed.sort();
}

function readOrNothing(path: string): Buffer | undefined {
  try {
    return readBoundedSync(path, MAX_FILE).bytes;
  } catch {
    return undefined;
  }
}

/** Package managers rewrite the first line of a command, so that its shebang ends as shells need it. */
function withWindowsShebang(bytes: Buffer): Buffer {
  const end = bytes.indexOf(10);
  if (end < 2 || bytes[0] !== 35 || bytes[1] !== 33 || bytes[end - 1] === 13) return bytes;
  return Buffer.concat([bytes.subarray(0, end), Buffer.from('\r'), bytes.subarray(end)]);
}

/** npm up to 6 added members with an underscore to package.json, and wrote two others. */
const ADDED = /^(?:_.*|bundleDependencies|deprecated)$/;

function isSameManifest(bytes: Buffer, published: string): boolean {
  const installed = asObject(parseJson(bytes.toString()));
  const original = asObject(parseJson(published));
  if (installed === undefined || original === undefined || !('_id' in installed)) return false;
  return [...new Set([...Object.keys(installed), ...Object.keys(original)])].every(
    (key) => ADDED.test(key) || isDeepStrictEqual(installed[key], original[key]),
  );
}
