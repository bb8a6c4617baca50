import { squash } from '../name-shape.ts';
import { forEachOneEdit } from '../one-edit.ts';
import type { Confidence, Detector, Suspicion } from '../verdict.ts';
import { visualSkeleton } from '../visual-skeleton.ts';

const LONG_ENOUGH = 4;

/** A popular scoped name under a scope that looks like its own: '@bable/core'. */
export const similarScope: Detector = ({ shape, index }) => {
  if (shape.scope === '') return [];
  const scopes = index.scopes();
  // A scope that owns a popular name is somebody's own, however much it looks like another.
  if (scopes.owns(shape.scope) > 0) return [];
  const scope = squash(shape.scope);
  const found: Suspicion[] = [];
  const add = (numbers: readonly number[], sure: boolean, evidence: string): void => {
    for (const number of numbers) {
      const owner = scopes.names[number]!;
      const rank = index.popular.rank(`@${owner}/${shape.base}`);
      if (rank === undefined) continue;
      const confidence: Confidence = sure && owner.length >= LONG_ENOUGH ? 'medium' : 'low';
      found.push({ rank, mechanism: 'similar-scope', confidence, evidence: `${evidence} '@${owner}'` });
    }
  };
  add(scopes.squashed.ranks(scope), true, 'has other delimiters in its scope than');
  add(scopes.skeletons.ranks(visualSkeleton(scope)), true, 'has a scope that looks the same as');
  forEachOneEdit(scope, scopes.squashed, (key, edit) => {
    const slip = edit.kind === 'swap' || scope[edit.at - 1] === edit.to || scope[edit.at + 1] === edit.to;
    add(scopes.squashed.ranks(key), slip, 'has a scope that is one letter away from');
  });
  return found;
};
