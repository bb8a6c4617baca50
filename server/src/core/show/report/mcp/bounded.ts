import { visibleText } from '../../../read/text/words/visible-text.ts';

/**
 * Returns untrusted text for an assistant: one line, without hidden characters and secrets, and not longer than `most`.
 */
export function bounded(text: string, most: number): string {
  const shown = visibleText(text).replace(/\s+/g, ' ').trim();
  return shown.length <= most ? shown : `${shown.slice(0, most - 1)}…`;
}

const MESSAGE_LENGTH = 300;

/** A quotation that is long enough to hold a sentence: a deprecation message, for example. */
const QUOTED_SENTENCE = /"(?=(?:[^"\\]|\\.)*\s)(?:[^"\\]|\\.){25,}"/g;

/**
 * Returns the message of a finding without what it quotes from publishers, as an assistant could take that for
 * instructions. Names and ranges stay.
 */
export function withoutQuotations(message: string): string {
  return bounded(message.replace(QUOTED_SENTENCE, '"…"'), MESSAGE_LENGTH);
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
