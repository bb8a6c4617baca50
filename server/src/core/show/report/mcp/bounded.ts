import { visibleText } from '../../../read/text/words/visible-text.ts';

/**
 * Returns untrusted text for an assistant: one line, without hidden characters and secrets, and not longer than `most`.
 */
export function bounded(text: string, most: number): string {
  const shown = visibleText(text).replace(/\s+/g, ' ').trim();
  return shown.length <= most ? shown : `${shown.slice(0, most - 1)}…`;
}

const MESSAGE_LENGTH = 300;

/** Quotations are matched one after the other, so that what stands between two is none. */
const QUOTATION = /"(?:[^"\\]|\\.)*"/g;
const LONGEST_QUOTATION = 25;

/**
 * Returns the message of a finding without the sentences that it quotes from publishers, as an assistant could take
 * those for instructions. Names and ranges stay.
 */
export function withoutQuotations(message: string): string {
  const shown = message.replace(QUOTATION, (quoted) =>
    quoted.length > LONGEST_QUOTATION && /\s/.test(quoted) ? '"…"' : quoted,
  );
  return bounded(shown, MESSAGE_LENGTH);
}

const ONE_OR_TWO_WORDS = /^[\w.@+-]{1,40}(?: [\w.@+-]{1,20})?$/;

/** Returns the name of a person or service, too short for a sentence; null for anything else. */
export function publisherName(name: string | undefined): string | null {
  return name !== undefined && ONE_OR_TWO_WORDS.test(name) ? name : null;
}

const ID = /^[\w.:-]{1,60}$/;

/** Returns the ids of advisories, without texts that are no ids. */
export function advisoryIds(advisories: readonly { readonly id: string }[]): readonly string[] {
  return advisories
    .map(({ id }) => id)
    .filter((id) => ID.test(id))
    .slice(0, 20);
}
