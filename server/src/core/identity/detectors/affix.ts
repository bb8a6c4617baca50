import { WELL_KNOWN } from '../standing.ts';
import type { Detector, Suspicion } from '../verdict.ts';

const SUFFIXES = ['.js', '-js', '_js', 'js', '-node', '.node', '_node'];
const PREFIXES = ['node-', 'node.', 'node_', 'node'];

/** A popular name with 'js' or 'node' before or behind it, or without the one it has: 'express-js'. */
export const affix: Detector = ({ shape, index }) => {
  if (shape.scope !== '') return [];
  const { base } = shape;
  const found: Suspicion[] = [];
  const add = (target: string, evidence: string, warns: boolean): void => {
    const rank = target.length < 2 ? undefined : index.popular.rank(target);
    if (rank === undefined) return;
    const confidence = warns && rank < WELL_KNOWN ? 'medium' : 'low';
    found.push({ rank, mechanism: 'affix', confidence, evidence });
  };
  for (const suffix of SUFFIXES) {
    if (base.endsWith(suffix)) {
      const target = base.slice(0, -suffix.length);
      add(target, `is '${target}' with '${suffix}' behind it`, suffix.endsWith('js'));
    }
    add(base + suffix, `is '${base}${suffix}' without '${suffix}'`, false);
  }
  for (const prefix of PREFIXES) {
    if (base.startsWith(prefix)) {
      const target = base.slice(prefix.length);
      add(target, `is '${target}' with '${prefix}' before it`, false);
    }
    add(prefix + base, `is '${prefix}${base}' without '${prefix}'`, false);
  }
  return found;
};
