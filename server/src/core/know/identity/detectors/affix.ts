import { wordsOf } from '../name-shape.ts';
import type { Detector, Suspicion } from '../verdict.ts';

const SUFFIXES = ['.js', '-js', '_js', 'js', '-node', '.node', '_node'];
const PREFIXES = ['node-', 'node.', 'node_', 'node'];
/** A file extension after a name probably means the package without it. */
const FILE = '.js';
/** Written together, the word of another package is hidden in the name. */
const HIDDEN = 'node';

/**
 * Detects a popular name with 'js' or 'node' before or after it, or without the one it has: 'express-js', 'nodemssql'.
 */
export const affix: Detector = ({ shape: { base, scope }, index: { popular }, standing }) => {
  if (scope !== '') return [];
  const found: Suspicion[] = [];
  const add = (target: string, evidence: string, warnsBelow: number): void => {
    const rank = target.length < 2 ? undefined : popular.rank(target);
    // A name of several words that is little known is another package for the same thing.
    if (
      rank === undefined ||
      (rank >= Math.max(warnsBelow, standing.wellKnown) && wordsOf(target).length > 1)
    )
      return;
    found.push({ rank, mechanism: 'affix', confidence: rank < warnsBelow ? 'medium' : 'low', evidence });
  };
  for (const suffix of SUFFIXES) {
    if (base.endsWith(suffix)) {
      const target = base.slice(0, -suffix.length);
      const warnsBelow = suffix === FILE ? popular.size : suffix.endsWith('js') ? standing.wellKnown : 0;
      add(target, `appends '${suffix}' to '${target}'`, warnsBelow);
    }
    add(base + suffix, `is '${base}${suffix}' without '${suffix}'`, 0);
  }
  for (const prefix of PREFIXES) {
    if (base.startsWith(prefix)) {
      const target = base.slice(prefix.length);
      add(target, `puts '${prefix}' before '${target}'`, prefix === HIDDEN ? popular.size : 0);
    }
    add(prefix + base, `is '${prefix}${base}' without '${prefix}'`, 0);
  }
  return found;
};
