import { shapeOf } from '../name-shape.ts';
import type { Detector } from '../verdict.ts';

const DASH = '-';
const FEWEST = 3;
const FEWEST_TO_WARN = 4;
/** For each name of the family. */
const MOST_ELSEWHERE = 2;

/**
 * Detects a name that begins like those of one scope, and of nobody else: 'arm-advisor' for '@azure/arm-advisor'.
 * Whether that one exists is unknown here; attackers who register names for other people's mistakes copy whole scopes.
 */
export const scopeFamily: Detector = ({ shape, index }) => {
  const word = shape.words[0];
  if (shape.scope !== '' || word === undefined || shape.words.length < 2 || shape.base[word.length] !== DASH)
    return [];
  const family = index.families().of(word);
  if (family === undefined || family.count < FEWEST || family.count < family.all) return [];
  const member = index.popular.names[family.rank]!;
  const { scope } = shapeOf(member);
  // If a package or a scope has that name, everybody's names begin with the word.
  if (index.popular.has(word) || scope.includes(word) || word.includes(scope)) return [];
  // A common word: 'parser-ts' is no package of @serialport, which has ten that begin with 'parser'.
  if (family.elsewhere() > family.count * MOST_ELSEWHERE) return [];
  const confidence = family.count >= FEWEST_TO_WARN ? 'medium' : 'low';
  const evidence = `begins like '${member}' and others of @${scope}, but is outside of that scope`;
  return [
    { rank: family.rank, target: `@${scope}/${shape.base}`, mechanism: 'scope-family', confidence, evidence },
  ];
};
