import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readBounded } from '../files/read-bounded.ts';
import { whyNoCommit } from '../git/git-failure.ts';
import type { StoredObjects } from '../git/pack/stored-objects.ts';
import type { RepositoryGit } from './repository-git.ts';
import { filesBelow } from './repository-state.ts';

/** The references of a repository. */
export interface References {
  /** For each the object and its name, with ` HEAD` behind the branch that is checked out. */
  readonly lines: string;
  readonly isDamaged: boolean;
}

const MAX_REFERENCES = 50 * 1024 * 1024;
const MAX_FILE = 1024 * 1024;
/** Larger ones are left to git. */
const MAX_OBJECT = 64 * 1024;
/** git lists more of them faster than it takes to start. */
const MOST_NEAR = 500;
const FORMAT = '--format=%(objectname) %(refname)%(if)%(HEAD)%(then) HEAD%(end)';

/**
 * Lists all references, or says why there is no list.
 * @param folder the repository's own git folder, if it is known
 */
export async function listReferences(
  git: RepositoryGit,
  folder: string | undefined,
  stored: StoredObjects | undefined,
): Promise<References | { readonly failure: string }> {
  const near =
    folder === undefined || stored === undefined ? undefined : await storedReferences(folder, stored);
  if (near !== undefined) return { lines: near, isDamaged: false };
  const listed = await git.run(['for-each-ref', FORMAT], MAX_REFERENCES);
  if (listed.type === 'failed') return { failure: listed.reason };
  if (listed.code !== 0) return { failure: whyNoCommit(listed.error, 'HEAD').reason };
  return { lines: listed.out.toString('utf8'), isDamaged: /broken (?:ref|name)/i.test(listed.error) };
}

const BRANCH = /^ref: (refs\/\S+)\n$/;
const OBJECT = /^([\da-f]{40})\n$/;
const PACKED = /^([\da-f]{40}) (refs\/\S+)$/;
/** Plain names. What else git takes for one, and what not, is left to git. */
const NAME = /^refs(?!.*\.\.)(?:\/(?!\.)(?!.*\.(?:lock)?(?:\/|$))[\w.+@#=,-]+)+$/;

/**
 * Returns what `git for-each-ref` lists, from the files of a repository. Undefined if they are not as git writes them, or if
 * an object is not there.
 */
export async function storedReferences(folder: string, stored: StoredObjects): Promise<string | undefined> {
  const read = async (path: string): Promise<string | undefined> => {
    const bytes = await readBounded(join(folder, path), { maxBytes: MAX_FILE, followsLinks: false });
    return bytes.toString('latin1');
  };
  const orNone = (error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  };
  try {
    if (!(await isOwnFolder(folder)) || !isPlainConfig((await read('config')) ?? '')) return undefined;
    // Other ways to keep them.
    if ((await read('reftable/tables.list').catch(orNone)) !== undefined) return undefined;
    const head = (await read('HEAD')) ?? '';
    const current = BRANCH.exec(head)?.[1];
    if (current === undefined && !OBJECT.test(head)) return undefined;
    const found = new Map<string, string>();
    for (const line of ((await read('packed-refs').catch(orNone)) ?? '').split('\n')) {
      if (line === '' || line.startsWith('#') || /^\^[\da-f]{40}$/.test(line)) continue;
      const [, object, name] = PACKED.exec(line) ?? [];
      if (object === undefined || found.size === MOST_NEAR) return undefined;
      found.set(name!, object);
    }
    const links = new Map<string, string>();
    for (const path of await filesBelow(folder, 'refs')) {
      const text = (await read(path)) ?? '';
      const [object, target] = [OBJECT.exec(text)?.[1], BRANCH.exec(text)?.[1]];
      if (object !== undefined) found.set(path, object);
      else if (target !== undefined) links.set(path, target);
      else return undefined;
    }
    for (const [name, target] of links) {
      const object = links.has(target) ? undefined : found.get(target);
      if (object === undefined) return undefined;
      found.set(name, object);
    }
    if (found.size > MOST_NEAR) return undefined;
    const isThere = (object: string) => stored.read(object, MAX_OBJECT) !== undefined;
    for (const [name, object] of found) if (!NAME.test(name) || !isThere(object)) return undefined;
    return [...found]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, object]) => `${object} ${name}${name === current ? ' HEAD' : ''}\n`)
      .join('');
  } catch {
    return undefined;
  }
}

/** git reads nothing of other users, unless its configuration allows it. */
async function isOwnFolder(folder: string): Promise<boolean> {
  const own = process.geteuid?.();
  if (own === undefined) return false;
  const owners = await Promise.all([folder, dirname(folder)].map(async (path) => (await lstat(path)).uid));
  return owners.every((owner) => owner === own);
}

/** git refuses formats that it does not know. */
function isPlainConfig(text: string): boolean {
  return /^\s*repositoryformatversion\s*=\s*0\s*$/m.test(text) && !/extensions/i.test(text);
}
