import { namedFiles } from '../../core/know/capabilities/reached-files.ts';
import type { PackageCode } from '../../core/know/capabilities/scan-package.ts';
import { findFile } from '../../core/know/capabilities/source-files.ts';
import { isSourceName } from '../../core/read/source/parse-source.ts';
import { joinUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { FilesPort } from '../ports.ts';
import { addReached, addText, isWanted, type MutableCode, newCode } from './package-code.ts';

const DEEPEST = 20;

/**
 * Reads the files of a package in a folder, without the packages that are installed in it. Undefined if there is no such
 * folder.
 */
export async function readFolder(
  files: Pick<FilesPort, 'list' | 'read'>,
  folder: Uri,
): Promise<PackageCode | undefined> {
  const code = newCode();
  if (!(await readInto(code, files, folder, '', 0))) return undefined;
  await addReached(code, (path) => readOne(code, files, joinUri(folder, path), path));
  await addIrregular(code, files, folder);
  return code;
}

/** Of the files that a manifest names, more are not looked for if they are not there. */
const MOST_SOUGHT = 200;

/** Adds files that the manifest names and that are neither files nor folders, such as pipes: no list has these. */
async function addIrregular(
  code: MutableCode,
  files: Pick<FilesPort, 'list' | 'read'>,
  folder: Uri,
): Promise<void> {
  const known = new Set([
    ...[...code.files.keys(), ...code.others, ...code.binaries],
    ...code.gaps.map(({ file }) => file),
  ]);
  const missing = [...new Set(namedFiles(code.files))].filter(
    (path) => path !== '' && findFile(path, (one) => known.has(one)) === undefined,
  );
  for (const path of missing.slice(0, MOST_SOUGHT)) {
    for (const own of [path, `${path}.js`]) {
      const uri = joinUri(folder, own);
      const isThere = (await files.read(uri)).type === 'refused' && (await files.list(uri)) === undefined;
      if (isThere) code.gaps.push({ file: own, reason: IRREGULAR });
    }
  }
}

const IRREGULAR = 'it is no regular file of this folder';

async function readInto(
  code: MutableCode,
  files: Pick<FilesPort, 'list' | 'read'>,
  folder: Uri,
  path: string,
  depth: number,
): Promise<boolean> {
  const items = await files.list(folder);
  if (items === undefined) return false;
  for (const { name, type } of items) {
    const own = `${path}${name}`;
    const uri = joinUri(folder, name);
    if (type === 'directory' && name !== 'node_modules' && name !== '.git') {
      if (depth < DEEPEST) await readInto(code, files, uri, `${own}/`, depth + 1);
      else code.gaps.push({ file: own, reason: `it is below ${DEEPEST} folders` });
    }
    if (type === 'directory') continue;
    if (!isWanted(own)) {
      code.others.add(own);
      continue;
    }
    if (type !== 'file') {
      code.gaps.push({ file: own, reason: IRREGULAR });
      continue;
    }
    await readOne(code, files, uri, own);
  }
  return true;
}

async function readOne(
  code: MutableCode,
  files: Pick<FilesPort, 'read'>,
  uri: Uri,
  own: string,
): Promise<void> {
  const result = await files.read(uri);
  // What is no text and has no name of one is a program.
  if (result.type === 'refused' && !isSourceName(own)) code.binaries.push(own);
  else if (result.type === 'refused') code.gaps.push({ file: own, reason: result.reason });
  else if (result.type === 'text' && /^(?:\u007fELF|MZ)/.test(result.text)) code.binaries.push(own);
  else if (result.type === 'text') addText(code, own, result.text);
}
