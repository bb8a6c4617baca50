import type { IncidentRepository } from '../../core/show/report/incident/incident-report.ts';
import type { Progress } from '../../engine/session.ts';
import { placeOf, type SearchPlace } from './find-repositories.ts';
import { type SearchContext, type SearchedRepository, searchRepository } from './search-repository.ts';
import { whyNotSearched } from './why-not-searched.ts';

/** While git reads one repository, texts of another are searched. */
const AT_ONCE = 2;

/**
 * Searches the places, and behind each the repositories inside its working tree. An error in one of them is its gap, and
 * the others are searched.
 */
export async function searchAll(
  places: readonly SearchPlace[],
  context: SearchContext,
  progress: Progress,
): Promise<readonly IncidentRepository[]> {
  const known = new Set(places.map(({ directory }) => directory));
  const inTurn = limited(AT_ONCE);
  let done = 0;
  const search = async (place: SearchPlace): Promise<readonly IncidentRepository[]> => {
    const { repository, nested } = await inTurn(() =>
      searchRepository(place, context).catch((error: unknown) => {
        context.signal.throwIfAborted();
        return notSearched(place, error);
      }),
    );
    done++;
    if (known.size > 1) progress.report('Searching repositories', done, known.size);
    const inside: SearchPlace[] = [];
    const lost: IncidentRepository[] = [];
    for (const directory of nested) {
      try {
        const found = await placeOf(directory);
        if (known.has(found.directory)) continue;
        known.add(found.directory);
        inside.push(found);
      } catch (error) {
        lost.push(notSearched({ directory, kind: 'repository' }, error).repository);
      }
    }
    const below = await Promise.all(inside.map(search));
    return [repository, ...lost, ...below.flat()];
  };
  return (await Promise.all(places.map(search))).flat();
}

function notSearched({ directory, kind }: SearchPlace, error: unknown): SearchedRepository {
  return {
    repository: {
      ...{ path: directory, kind, head: undefined, findings: [], commits: 0, lockfiles: 0 },
      gaps: [{ subject: 'repository', reason: whyNotSearched(error) }],
    },
    nested: [],
  };
}

/** Returns a function that runs no more than some of its tasks at once. */
function limited(most: number): <T>(task: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      return await task();
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
}
