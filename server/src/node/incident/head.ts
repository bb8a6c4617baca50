import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { whyNoHead } from '../git/git-commits.ts';
import { MAX_SHORT } from '../git/git-items.ts';
import type { SearchPlace } from './find-repositories.ts';
import type { RepositoryGit } from './repository-git.ts';
import { gitFolderOf } from './repository-state.ts';

interface Head {
  /** The commit; undefined if there is none. */
  readonly head: string | undefined;
  /** Why there is none, if one is expected. */
  readonly whyNone?: string;
  readonly isShallow: boolean;
  /** Why git could not be run. */
  readonly failure?: string;
}

/**
 * Returns the commit at HEAD and whether the clone is shallow.
 * @param references a line for each, with ` HEAD` behind the branch that is checked out
 */
export async function headOf(place: SearchPlace, git: RepositoryGit, references: string): Promise<Head> {
  const branch = /^([\da-f]{40,64}) \S+ HEAD$/m.exec(references)?.[1];
  // Starting git takes longer than all of this.
  const isShallow = branch === undefined ? undefined : await isShallowClone(place);
  if (branch !== undefined && isShallow !== undefined) return { head: branch, isShallow };
  const asked = await git.run(
    ['rev-parse', '--is-shallow-repository', '--verify', '--quiet', 'HEAD^{commit}'],
    MAX_SHORT,
  );
  if (asked.type === 'failed') return { head: undefined, isShallow: false, failure: asked.reason };
  const said = asked.out.toString('latin1');
  const found = { isShallow: said.startsWith('true') };
  const head = /^[\da-f]{40,64}$/m.exec(said)?.[0];
  if (head !== undefined) return { ...found, head };
  const why = await whyNoHead((args, _, maxBytes) => git.run(args, maxBytes), asked.error, place.directory);
  return { ...found, head, ...(why.isExpected === true ? {} : { whyNone: why.reason }) };
}

/** Undefined for a work tree whose git folder is elsewhere. */
async function isShallowClone(place: SearchPlace): Promise<boolean | undefined> {
  const folder = await gitFolderOf(place);
  if (folder === undefined) return undefined;
  return (await stat(join(folder, 'shallow')).catch(() => undefined)) !== undefined;
}
