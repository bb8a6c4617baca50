import { isString, NONE, RECORD, tokenSpan } from '../../text/json/json-tape.ts';
import { keyText } from '../model/json-lock-text.ts';
import type { LockProblem } from '../model/lockfile.ts';
import { shownText } from '../model/shown-text.ts';
import { BUNDLED, FLAGS, OPTIONAL, PROJECT, REQUIRES } from './nested-fields.ts';
import type { NestedDependencies } from './read-dependencies.ts';
import { numberFor } from './resolve-nested.ts';

const MOST_PROBLEMS = 100;

/**
 * Finds packages that `requires` names and that are missing from the file, for example because somebody removed an
 * entry: npm 5 and 6 wrote there what they had found. Optional and bundled packages are not reported, because parts of
 * those may be omitted.
 */
export function findMissingTargets(
  nested: Pick<NestedDependencies, 'list' | 'names' | 'numbers'>,
): readonly LockProblem[] {
  const { list, names, numbers } = nested;
  const { fields } = list;
  const { tape } = fields;
  const { records } = tape;
  const problems: LockProblem[] = [];
  for (const number of numbers) {
    const requires = fields.get(number, REQUIRES);
    if (requires === NONE || (fields.get(number, FLAGS) & (OPTIONAL | BUNDLED)) !== 0) continue;
    if (list.folders.isLaterLink(number)) continue;
    const end = records[requires + 2]!;
    for (let key = requires + RECORD; key < end; key = records[key + 2]!) {
      // Nearly all are at the top. An escaped key never matches the text as written.
      if (names.has(PROJECT, records[key]! + 1, records[key + 1]! - 1)) continue;
      if (records[key + 2] === key + RECORD || !isString(tape, key + RECORD)) continue;
      const name = keyText(tape, key);
      if (numberFor(nested, number, name) !== -1) continue;
      if (problems.length === MOST_PROBLEMS) return problems;
      const { name: dependent, version } = list.at(number);
      const shown = shownText(`${dependent}${version === undefined ? '' : `@${version.value}`}`);
      const message = `${shown} depends on ${shownText(name)}, which is not in this file`;
      problems.push({ kind: 'missing', message, span: tokenSpan(tape, key) });
    }
  }
  return problems;
}
