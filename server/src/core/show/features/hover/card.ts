import { cardFacts } from './card-facts.ts';
import { cardGaps, describeGaps } from './card-gaps.ts';
import { cardHeader } from './card-header.ts';
import type { CardLine } from './card-line.ts';
import { fitFacts } from './card-room.ts';
import type { HoverFacts } from './hover-facts.ts';
import { type CardVerdict, cardVerdict } from './verdict.ts';

/** A card as plain data, rendered by shells. Nothing in it is escaped. */
export interface HoverCard {
  readonly name: string;
  /** Displayed after the name: "0.28.2 locked", "declares ^0.28.0". */
  readonly header: readonly string[];
  /** What it is, in a sentence. */
  readonly summary?: string | undefined;
  /** Displayed above the name. */
  readonly verdict?: CardVerdict;
  readonly lines: readonly CardLine[];
  /** Everything that is not known, in one line. */
  readonly gaps?: string | undefined;
}

/**
 * Returns a card in three layers, of which shells add the last one, the links: the verdict, then at most five facts,
 * those first that may need a decision, then everything unknown in one line.
 */
export function hoverCard(facts: HoverFacts): HoverCard {
  const { source } = facts;
  const packument =
    source.type === 'registry' && source.known.packument.state === 'ready'
      ? source.known.packument.value
      : undefined;
  const locked = facts.locked.type === 'version' ? facts.locked.version : undefined;
  const subject = packument?.versions.get(locked ?? packument.distTags.get('latest') ?? '');
  const deprecated = subject?.deprecated ?? facts.lockedDeprecated;
  const missing = cardGaps(facts, packument, subject);
  const verdict = cardVerdict({ facts, packument, deprecated, gaps: missing });
  const header = cardHeader(facts, packument);
  const gaps = describeGaps(missing);
  const above = facts.beside.flatMap(({ message, related = [] }) => [
    message,
    ...related.map((each) => each.message),
  ]);
  const all = cardFacts(facts, { packument, subject, verdict });
  return {
    name: facts.name,
    header,
    verdict,
    lines: fitFacts(all, { verdict, header, gaps, above }),
    gaps,
  };
}
