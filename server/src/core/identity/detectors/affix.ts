import type { Detector, Suspicion } from '../verdict.ts';

const SUFFIXES = ['.js', '-js', '_js', 'js', '-node', '.node', '_node'];
const PREFIXES = ['node-', 'node.', 'node_', 'node'];
/** Written together, the word of another package is hidden in the name. */
const HIDDEN = 'node';

/** A popular name with 'js' or 'node' before or behind it, or without the one it has: 'express-js', 'nodemssql'. */
export const affix: Detector = ({ shape: { base, scope }, index: { popular }, standing }) => {
  if (scope !== '') return [];
  const found: Suspicion[] = [];
  const add = (target: string, evidence: string, warnsBelow: number): void => {
    const rank = target.length < 2 ? undefined : popular.rank(target);
    if (rank === undefined) return;
    found.push({ rank, mechanism: 'affix', confidence: rank < warnsBelow ? 'medium' : 'low', evidence });
  };
  for (const suffix of SUFFIXES) {
    if (base.endsWith(suffix)) {
      const target = base.slice(0, -suffix.length);
      add(target, `appends '${suffix}' to '${target}'`, suffix.endsWith('js') ? standing.wellKnown : 0);
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
