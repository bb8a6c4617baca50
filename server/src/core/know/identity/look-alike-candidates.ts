import { judgeName } from './confusable-with.ts';
import { parsePopularNames } from './popular-names.ts';
import { isPossibleName } from './possible-name.ts';

/** A name that could be mistaken for one of the given names. */
export interface LookAlikeCandidate {
  readonly name: string;
  readonly like: string;
}

const MOST_NAMES = 100;
/** Candidates of one name: the first edits of each kind are those that people make and attackers choose. */
const MOST_OF_NAME = 40;

/**
 * Returns names that could be mistaken for these: simple changes of them that the detectors of look-alikes confirm. Each
 * name has the same share of `most`.
 */
export function lookAlikeCandidates(names: readonly string[], most: number): readonly LookAlikeCandidate[] {
  const own = [...new Set(names)].filter(isPossibleName).slice(0, MOST_NAMES);
  if (own.length === 0) return [];
  // As popular as any: what counts is who is imitated.
  const known = parsePopularNames(own.map((name) => `1000000000 ${name}`).join('\n'));
  const share = Math.min(MOST_OF_NAME, Math.floor(most / own.length));
  const taken = new Set(own);
  const found: LookAlikeCandidate[] = [];
  for (const like of own) {
    let count = 0;
    for (const name of changesOf(like)) {
      if (count >= share) break;
      if (taken.has(name) || !isPossibleName(name) || name !== name.toLowerCase()) continue;
      if (judgeName(name, known) === undefined) continue;
      taken.add(name);
      found.push({ name, like });
      count++;
    }
  }
  return found;
}

/** Yields changes in rounds, so that a limit leaves some of every kind. */
function* changesOf(name: string): Generator<string> {
  const slash = name.indexOf('/');
  const scope = name.slice(0, slash + 1);
  const base = name.slice(slash + 1);
  if (slash > 0) {
    const plain = scope.slice(1, -1);
    yield* [base, `${plain}-${base}`, `${plain}${base}`];
  }
  for (const [from, to] of DELIMITERS) if (base.includes(from)) yield scope + base.replaceAll(from, to);
  for (let at = 0; at < base.length; at++) {
    const [before, letter, after] = [base.slice(0, at), base[at]!, base.slice(at + 1)];
    yield scope + before + after;
    if (after !== '') yield scope + before + after[0] + letter + after.slice(1);
    yield scope + before + letter + letter + after;
    for (const like of LIKE[letter] ?? []) yield scope + before + like + after;
  }
  for (const end of ['js', '-js', '.js', '-node', 's']) yield `${scope}${base}${end}`;
}

const DELIMITERS = [
  ['-', ''],
  ['-', '_'],
  ['-', '.'],
  ['_', '-'],
  ['.', '-'],
] as const;

const LIKE: Readonly<Record<string, readonly string[]>> = {
  l: ['1', 'i'],
  i: ['l', '1'],
  o: ['0'],
  '0': ['o'],
  '1': ['l'],
  s: ['5'],
  m: ['rn'],
  w: ['vv'],
};
