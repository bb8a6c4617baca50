import type { Advisory } from '../advisory/advisory.ts';
import { weaknessPhrase } from '../advisory/weakness-phrase.ts';
import { shownText } from '../lockfile/shown-text.ts';

const LONGEST_TITLE = 120;

/**
 * What an advisory is about: our phrase for its kind of weakness, so that it reads the same whichever source told of it,
 * else the source's own title, which may be any text. Undefined where nothing says it.
 */
export function aboutOf({ cwes, title }: Pick<Advisory, 'cwes' | 'title'>): string | undefined {
  return weaknessPhrase(cwes) ?? (title === undefined ? undefined : shownText(title.trim(), LONGEST_TITLE));
}
