/** A piece of a line that leads somewhere. The address is as untrusted as the rest; the shell decides about the link. */
export interface CardLink {
  readonly text: string;
  readonly address: string;
}

/** Plain, untrusted text, or pieces of it of which some lead somewhere. */
export type CardText = string | readonly (string | CardLink)[];

/** One line of a card: a label, and one text or several below each other. */
export interface CardLine<Text extends CardText = CardText> {
  readonly label: string;
  readonly texts: readonly Text[];
}

/** None where there is nothing to say. */
export function line(label: string, text: string | undefined): readonly CardLine<string>[] {
  return text === undefined ? [] : [{ label, texts: [text] }];
}
