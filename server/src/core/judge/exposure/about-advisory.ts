import type { Advisory } from '../../know/advisory/advisory.ts';
import { weaknessName } from '../../know/advisory/osv/weakness-name.ts';
import { shownText } from '../../read/lockfile/model/shown-text.ts';

const LONGEST_TITLE = 120;

/**
 * Returns the title of an advisory from its source, which may be any text, or else the official name of its weakness
 * (CWE). Undefined if neither is known.
 */
export function aboutOf({ cwes, title }: Pick<Advisory, 'cwes' | 'title'>): string | undefined {
  const text = title?.trim();
  return text === undefined || text === '' ? weaknessName(cwes) : shownText(text, LONGEST_TITLE);
}
