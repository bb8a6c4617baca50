import type { CardLine, CardText } from './card-line.ts';
import type { CardVerdict } from './verdict.ts';

/** What VS Code shows of a card without scrolling: 250 pixels of lines with at least about 80 characters. */
const ROWS = 11;
const COLUMNS = 80;
/** A card has no more facts, however short they are. */
const MOST = 5;
/** However long the rest is, the worst facts are shown, unless the editor shows messages above the card. */
const LEAST = 2;
/** What VS Code adds to a message: its source and its rule, or its place. */
const ADDED = 40;
/** Longer messages are cut before they get there. */
const LONGEST_ABOVE = 200;

/** The parts of a card that are shown in any case. */
export interface FixedParts {
  readonly verdict: CardVerdict;
  readonly header: readonly string[];
  readonly gaps: string | undefined;
  /** The messages that the editor shows above the card. */
  readonly above: readonly string[];
}

/** Returns the facts for which a card has room, in their order. */
export function fitFacts(facts: Iterable<CardLine>, fixed: FixedParts): readonly CardLine[] {
  let left = ROWS - rowsOfParts(fixed);
  const least = fixed.above.length === 0 ? LEAST : 0;
  const shown: CardLine[] = [];
  for (const fact of facts) {
    if (shown.length === MOST) break;
    const rows = fact.texts.reduce((sum, text) => sum + rowsOf(`${fact.label}: ${plainText(text)}`), 0);
    if (shown.length >= least && rows > left) continue;
    left -= rows;
    shown.push(fact);
  }
  return shown;
}

/** The links below the card, and the actions below the messages above it, take a row each. */
function rowsOfParts({ verdict, header, gaps, above }: FixedParts): number {
  const own = [verdict.words + verdict.more, header.join(' · '), gaps ?? ''];
  const rows = (texts: readonly string[]) => texts.reduce((sum, text) => sum + rowsOf(text), 0);
  const messages = above.reduce(
    (sum, { length }) => sum + Math.ceil((Math.min(length, LONGEST_ABOVE) + ADDED) / COLUMNS),
    0,
  );
  return rows(own) + 1 + (above.length === 0 ? 0 : messages + 2);
}

function rowsOf(text: string): number {
  return Math.ceil(text.length / COLUMNS);
}

function plainText(text: CardText): string {
  if (typeof text === 'string') return text;
  return text.map((part) => (typeof part === 'string' ? part : part.text)).join('');
}
