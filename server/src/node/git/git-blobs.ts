import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { GitText } from '../../engine/ports.ts';
import { isPathWithin } from '../files/is-path-within.ts';
import { notRun, unknown, whyNoObject } from './git-failure.ts';
import { existingFolder, repositoryOf } from './git-folders.ts';
import { ITEM, LINK, MAX_SHORT, type RunGit } from './git-items.ts';

/** The limit for lockfiles on disk. */
const MAX_BYTES = 200 * 1024 * 1024;
/** The maximum number of links in a chain. */
const MOST_HOPS = 8;

/** Returns the text of a blob. */
export async function blobText(
  run: RunGit,
  object: string,
  commit: string,
  directory: string,
): Promise<GitText> {
  const blob = await run(['cat-file', 'blob', object], directory, MAX_BYTES);
  if (blob.type === 'failed') return notRun(blob);
  if (blob.code !== 0) return unknown(whyNoObject(blob.error));
  if (blob.out.includes(0)) return { ...unknown('it is no text in that commit'), isBinary: true };
  return { type: 'text', commit, text: new TextDecoder('utf-8').decode(blob.out) };
}

/** Returns the text behind a symbolic link in the same commit. */
export async function linkedText(run: RunGit, link: string, path: string, commit: string): Promise<GitText> {
  const repository = await repositoryOf(await existingFolder(dirname(path)));
  let [object, at] = [link, path];
  for (let hop = 0; hop < MOST_HOPS; hop++) {
    const target = await blobText(run, object, commit, repository);
    if (target.type !== 'text') return target;
    at = resolve(dirname(at), target.text);
    if (isAbsolute(target.text) || !isPathWithin(repository, at))
      return unknown('it is a symbolic link that leads out of the repository in that commit');
    const below = relative(repository, at).split(sep).join('/');
    const listed = await run(['ls-tree', '-z', commit, '--', below], repository, MAX_SHORT);
    if (listed.type === 'failed') return notRun(listed);
    const item = listed.code === 0 ? ITEM.exec(listed.out.toString('utf8')) : null;
    if (item?.[2] !== 'blob') break;
    if (item[1] !== LINK) return blobText(run, item[3]!, commit, repository);
    object = item[3]!;
  }
  return unknown('it is a symbolic link that leads to no file in that commit');
}
