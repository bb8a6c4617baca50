import { resolve } from 'node:path';
import type { IncidentGap } from '../../../core/show/report/incident/incident-report.ts';
import { repositoryOf } from '../../git/git-folders.ts';
import { placeOf, repositoriesBelow, type SearchPlace } from '../../incident/find-repositories.ts';
import { WrongUse } from '../exit-code.ts';
import type { Arguments } from './arguments.ts';
import { directoryOf } from './given-directory.ts';

export interface GivenRepositories {
  readonly places: readonly SearchPlace[];
  readonly gaps: readonly IncidentGap[];
}

/** Returns the repositories in the folder of `--repos` and those around the directories, or else the current one. */
export async function givenRepositories(
  command: string,
  given: Arguments,
  directories: readonly string[],
): Promise<GivenRepositories> {
  const repos = given.text('repos');
  const places: SearchPlace[] = [];
  const gaps: IncidentGap[] = [];
  if (repos !== undefined) {
    const found = await repositoriesBelow(await directoryOf(command, [repos]));
    if (found.places.length === 0) {
      const [gap] = found.gaps;
      const why = gap === undefined ? '' : ` (${gap.subject}: ${gap.reason})`;
      throw new WrongUse(
        `no git repository was found in ${repos} or one level deeper${why}; give another folder.`,
      );
    }
    places.push(...found.places);
    gaps.push(...found.gaps);
  }
  const own = directories.length === 0 && repos === undefined ? ['.'] : directories;
  for (const directory of own) {
    const path = await directoryOf(command, [resolve(directory)]);
    const place = await placeOf(path);
    places.push(place.kind === 'folder' ? await placeOf(await repositoryOf(path)) : place);
  }
  const unique = new Map(places.map((place) => [place.directory, place]));
  return { places: [...unique.values()], gaps };
}
