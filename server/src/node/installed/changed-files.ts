import { statSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseJson } from '../../core/know/registry/documents/document-kind.ts';
import { asObject } from '../../core/know/registry/documents/json-value.ts';
import { readBoundedSync } from '../files/read-bounded.ts';
import { addedFiles } from './added-files.ts';
import { type Archive, MAX_ARCHIVE, sha512 } from './archives/archive.ts';
import { namesIn } from './archives/tarball-caches.ts';

/** npm writes the first as the second. */
const IGNORES = /(?:^|\/)\.(?:git|npm)ignore$/;

/**
 * Returns the files of an installed package whose content differs from the package's archive, and those that are loaded in the
 * place of one of them, in order; undefined if one of them cannot be read. Missing files are no changes, except for package.json: tools remove some to save space.
 */
export function changedFiles(directory: string, { files, manifest }: Archive): readonly string[] | undefined {
  const changed: string[] = [];
  for (const [path, digest] of files) {
    if (IGNORES.test(path) || path.split('/').includes('..')) continue;
    const bytes = contentOf(join(directory, ...path.split('/')));
    if (bytes === 'unread') return undefined;
    if (bytes === 'missing') {
      if (path === 'package.json' && hasOthers(directory)) changed.push(path);
      continue;
    }
    if (bytes !== 'other' && isSame(bytes, digest, path === 'package.json' ? manifest : undefined)) continue;
    changed.push(path);
  }
  return [...changed, ...addedFiles(directory, files.keys())].sort();
}

function isSame(bytes: Buffer, digest: string, manifest: string | undefined): boolean {
  if (sha512(bytes) === digest || sha512(withWindowsShebang(bytes)) === digest) return true;
  return manifest !== undefined && isSameManifest(bytes, manifest);
}

/** Returns the content; other for a folder or a device, which Node.js may load in the place of the file. */
function contentOf(path: string): Buffer | 'missing' | 'other' | 'unread' {
  try {
    return readBoundedSync(path, MAX_ARCHIVE).bytes;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return 'missing';
    // Something that is no folder is in the place of one.
    if (code === 'ENOTDIR') return 'other';
    return code === undefined && statSync(path, { throwIfNoEntry: false })?.isFile() === false
      ? 'other'
      : 'unread';
  }
}

/** Checks whether a package has files of its own: without a package.json, Node.js loads another one than it named. */
function hasOthers(directory: string): boolean {
  return namesIn(directory).some((name) => name !== 'node_modules');
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
