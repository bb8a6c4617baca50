import { indexLines } from '../core/read/text/lines/line-index.ts';
import type { Uri } from '../core/read/text/paths/uri.ts';
import type { OpenDocuments } from './open-documents.ts';
import { type Encoding, encodePositions, type Positions } from './positions.ts';

/** The number of files that are not open and keep their line index; related locations are mostly in one or two. */
const KEPT = 32;

/** The positions of any text that the engine has read. */
export interface TextPositions {
  of(uri: Uri, text: string): Positions;
}

/** Creates the positions. Open documents use their own lines, which follow edits; other texts are indexed once each. */
export function createTextPositions(documents: OpenDocuments, encoding: () => Encoding): TextPositions {
  const indexed = new Map<Uri, { readonly text: string; readonly positions: Positions }>();
  return {
    of(uri, text) {
      const open = documents.get(uri);
      if (open && open.text === text) return open.positions;
      const known = indexed.get(uri);
      if (known && known.text === text) return known.positions;
      const positions = encodePositions(text, indexLines(text), encoding());
      indexed.delete(uri);
      indexed.set(uri, { text, positions });
      const oldest = indexed.size > KEPT ? indexed.keys().next().value : undefined;
      if (oldest !== undefined) indexed.delete(oldest);
      return positions;
    },
  };
}
