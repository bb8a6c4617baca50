import { squash } from '../name-shape.ts';
import { forEachOneEdit } from '../one-edit.ts';
import type { Confidence, Detector, Suspicion } from '../verdict.ts';
import { lookAlikeSpellings, looksLike } from '../visual-skeleton.ts';

const LONG_ENOUGH = 4;

/** Detects a popular scoped name under a scope that looks like its own: '@bable/core'. */
export const similarScope: Detector = ({ shape, index }) => {
  if (shape.scope === '') return [];
  const scopes = index.scopes();
  // A scope that owns a popular name is independent, however much it looks like another.
  if (scopes.has(shape.scope)) return [];
  const scope = squash(shape.scope);
  if (scope.length < LONG_ENOUGH) return [];
  const found: Suspicion[] = [];
  const add = (key: string, sure: boolean, evidence: string): void => {
    for (const number of scopes.squashed.find(key)) {
      const owner = scopes.name(number);
      const rank = index.popular.rank(`@${owner}/${shape.base}`);
      if (rank === undefined) continue;
      const confidence: Confidence = sure && owner.length >= LONG_ENOUGH ? 'medium' : 'low';
      found.push({ rank, mechanism: 'similar-scope', confidence, evidence: `${evidence} '@${owner}'` });
    }
  };
  add(scope, true, 'has other delimiters in its scope than');
  for (const spelling of lookAlikeSpellings(scope)) add(spelling, true, 'has a scope that looks the same as');
  forEachOneEdit(scope, scopes.squashed, (key, edit) => {
    const isRepeated =
      edit.to.length === 1 && (scope[edit.at - 1] === edit.to || scope[edit.at + 1] === edit.to);
    const isSlip = edit.kind === 'swap' || isRepeated || looksLike(edit.from, edit.to);
    add(key, isSlip, 'has a scope that is one letter away from');
  });
  return found;
};
