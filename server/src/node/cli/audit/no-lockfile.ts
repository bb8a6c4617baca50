import { nameOf } from '../../../core/read/text/paths/uri.ts';
import { asClause } from '../../../core/read/text/words/clause.ts';
import { visibleText } from '../../../core/read/text/words/visible-text.ts';
import type { ProjectSnapshot } from '../../../engine/session.ts';

/** The beginnings of a clause whose subject is the file. */
const STATES = /^(?:is|has|holds|leads|contains|cannot|could) /;

/** Returns why a command that needs a lockfile cannot run, and what to do. */
export function noLockfile({ project }: Pick<ProjectSnapshot, 'project'>): string {
  const unread = project.lockfiles.find(({ reason }) => reason !== undefined);
  if (unread === undefined)
    return 'no lockfile found; install the packages first, or use "dephygiene check".';
  const clause = asClause(unread.reason!).replace(/^it (?=[a-z])/, '');
  const what = STATES.test(clause) ? clause : `cannot be read: ${clause}`;
  return visibleText(`${nameOf(unread.uri)} ${what}; fix it first.`);
}
