import { isDelimiter } from '../name-shape.ts';
import { KNOWN } from '../standing.ts';
import type { Detector } from '../verdict.ts';

/** The same letters with other delimiters, or none: 'crossenv', 'uglify.js', 'lodash-'. */
export const changedDelimiters: Detector = ({ shape, index }) => {
  const { base, squashed } = shape;
  if (shape.scope !== '' || squashed.length < 3) return [];
  // No package is named so on purpose.
  const outside = isDelimiter(base.charCodeAt(0)) || isDelimiter(base.charCodeAt(base.length - 1));
  return index
    .squashed()
    .ranks(squashed)
    .map((rank) => ({
      rank,
      mechanism: 'delimiter',
      confidence: outside || rank < KNOWN ? 'high' : 'low',
      evidence: `has other delimiters than '${index.popular.names[rank]}'`,
    }));
};
