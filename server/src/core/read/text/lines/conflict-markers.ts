import type { Span } from '../span.ts';

/** A merge conflict as git leaves it in a text: the lines of its markers, without line endings, in order. */
export interface ConflictBlock {
  readonly markers: readonly [Span, ...Span[]];
}

/**
 * Finds the conflicts in a text. A block goes from `<<<<<<<` to `>>>>>>>`; a marker outside of one, for example because
 * somebody deleted some of them, is a block of its own. A text with neither `<<<<<<<` nor `>>>>>>>` has none.
 */
export function conflictBlocks(text: string): readonly ConflictBlock[] {
  if (!text.includes('<<<<<<<') && !text.includes('>>>>>>>')) return [];
  const blocks: ConflictBlock[] = [];
  let open: [Span, ...Span[]] | undefined;
  const close = (): void => {
    if (open !== undefined) blocks.push({ markers: open });
    open = undefined;
  };
  for (const match of text.matchAll(/^(?:<{7}|>{7}|={7}|\|{7})(?=[ \r]|$)[^\r\n]*/gm)) {
    const span = { start: match.index, end: match.index + match[0].trimEnd().length };
    const isFirst = match[0].startsWith('<');
    if (isFirst) close();
    if (open === undefined) open = [span];
    else open.push(span);
    if (match[0].startsWith('>')) close();
  }
  close();
  return blocks;
}
