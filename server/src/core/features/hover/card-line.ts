/** One line of a card: a label, and one text or several below each other. All of it is plain, untrusted text. */
export interface CardLine {
  readonly label: string;
  readonly texts: readonly string[];
}

/** None where there is nothing to say. */
export function line(label: string, text: string | undefined): readonly CardLine[] {
  return text === undefined ? [] : [{ label, texts: [text] }];
}
