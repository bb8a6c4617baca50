/** A linked part of a line. The URL is as untrusted as the rest; the shell decides about the link. */
export interface CardLink {
  readonly text: string;
  readonly address: string;
}

/** Plain, untrusted text, or parts of it of which some are linked. */
export type CardText = string | readonly (string | CardLink)[];

/** One line of a card: a label, and one or more texts below each other. */
export interface CardLine<Text extends CardText = CardText> {
  readonly label: string;
  readonly texts: readonly Text[];
}

/** Returns no line if there is no text. */
export function line(label: string, text: string | undefined): readonly CardLine<string>[] {
  return text === undefined ? [] : [{ label, texts: [text] }];
}

/** Yields the first texts, each on a line of its own; the last one names the number of the others. */
export function* listed(label: string, texts: readonly CardText[], most: number): Generator<CardLine> {
  const shown = texts.slice(0, most);
  const more = texts.length - shown.length;
  for (const [at, text] of shown.entries()) {
    const parts: CardText = typeof text === 'string' ? [text] : text;
    yield { label, texts: [more > 0 && at === shown.length - 1 ? [...parts, ` · and ${more} more`] : text] };
  }
}
