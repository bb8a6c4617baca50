import { indexLines } from '../core/read/text/lines/line-index.ts';
import type { Uri } from '../core/read/text/paths/uri.ts';
import type { OpenDocuments } from './open-documents.ts';
import { type Encoding, encodePositions, type Positions } from './positions.ts';

/** As many files that are not open keep their line index; related places are mostly in one or two. */
const KEPT = 32;

/** The positions of any text that the engine has read. */
export interface TextPositions {
  of(uri: Uri, text: string): Positions;
}

/** For open documents the document's own lines serve, which follow edits; others are indexed once for each text. */
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
