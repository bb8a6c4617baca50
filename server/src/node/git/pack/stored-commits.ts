import type { StoredObjects } from './stored-objects.ts';

/** A commit, read from the repository's files. */
export interface StoredCommit {
  readonly commit: string;
  readonly tree: string;
  readonly parents: readonly string[];
  /** Seconds since 1970. */
  readonly authored: number;
  readonly committed: number;
}

/** Larger ones are left to git. */
const MAX_OBJECT = 64 * 1024;
const MOST_TAGS = 10;
/** What every git writes. How git reads other headers is left to git. */
const HEADER =
  /^tree ([\da-f]{40})\n((?:parent [\da-f]{40}\n)*)author [^<>\n]*<[^<>\n]*> (\d{1,11}) [+-]\d{4}\ncommitter [^<>\n]*<[^<>\n]*> (\d{1,11}) [+-]\d{4}\n/;
const TAG = /^object ([\da-f]{40})\ntype (?:commit|tree|blob|tag)\n/;

/**
 * Returns the commits behind objects, such as those of references, in the order of `git rev-list`: by the committer's date,
 * newest first. Undefined if there are more than these, or git has to be asked.
 */
export function commitsBehind(
  objects: StoredObjects,
  starts: Iterable<string>,
  most: number,
): readonly StoredCommit[] | undefined {
  const seen = new Set<string>();
  const waiting: StoredCommit[] = [];
  const add = (id: string): boolean => {
    if (seen.has(id)) return true;
    seen.add(id);
    const commit = commitAt(objects, id);
    if (commit === undefined) return false;
    // Behind those of the same date, as git does.
    let place = waiting.length;
    while (place > 0 && waiting[place - 1]!.committed < commit.committed) place--;
    waiting.splice(place, 0, commit);
    return seen.size <= most;
  };
  for (const start of starts) {
    const commit = peeled(objects, start);
    if (commit === undefined || (commit !== null && !add(commit))) return undefined;
  }
  const found: StoredCommit[] = [];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    found.push(next);
    if (!next.parents.every(add)) return undefined;
  }
  return found;
}

/** Returns the commit that a tag is about; null if it is about something else. Undefined if git has to be asked. */
function peeled(objects: StoredObjects, start: string): string | null | undefined {
  let id = start;
  for (let hop = 0; hop < MOST_TAGS; hop++) {
    const found = objects.read(id, MAX_OBJECT);
    if (found === undefined) return undefined;
    if (found.type !== 'tag') return found.type === 'commit' ? id : null;
    const target = TAG.exec(found.content.toString('latin1'))?.[1];
    if (target === undefined) return undefined;
    id = target;
  }
  return undefined;
}

function commitAt(objects: StoredObjects, commit: string): StoredCommit | undefined {
  const found = objects.read(commit, MAX_OBJECT);
  const header = found?.type === 'commit' ? HEADER.exec(found.content.toString('latin1')) : null;
  if (header === null) return undefined;
  const [, tree = '', parents = '', authored, committed] = header;
  return {
    ...{ commit, tree, parents: parents.match(/[\da-f]{40}/g) ?? [] },
    ...{ authored: Number(authored), committed: Number(committed) },
  };
}
