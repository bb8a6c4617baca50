import { describeVulnerability } from '../../judge/exposure/known-against.ts';
import { type DeclaredRange, updatableRanges } from '../../judge/remedy/declared-range.ts';
import { describeNewest } from '../../judge/remedy/newest-allowed.ts';
import {
  movedTo,
  type OfferContext,
  offerContext,
  type UpdateOffer,
  updateOffer,
} from '../../judge/remedy/update-offer.ts';
import type { Advisories } from '../../know/advisory/advisories.ts';
import type { Facts } from '../../know/facts/facts.ts';
import type { Fact } from '../../know/registry/documents/fact.ts';
import type { Packument } from '../../know/registry/documents/packument.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { Project } from '../../read/project/project.ts';
import type { Span } from '../../read/text/span.ts';
import { formatDay } from '../../read/text/words/dates.ts';
import { describeCooldown } from './describe-cooldown.ts';
import { oneLine } from './markdown.ts';

/** One statement about a newer version, and the version that clicking on it declares. Plain text. */
export interface UpdateHintPart {
  readonly label: string;
  readonly tooltip: string;
  /** Undefined if there is nothing to write: the range already admits it, or it is in its cooldown. */
  readonly version: string | undefined;
}

/** The text after a range about newer versions. */
export interface UpdateHint {
  readonly range: DeclaredRange;
  readonly parts: readonly UpdateHintPart[];
}

export interface UpdateHints {
  readonly hints: readonly UpdateHint[];
  /** The packages of the part whose facts were read. */
  readonly asked: ReadonlySet<string>;
  /** The packages of the part to request: with unknown or outdated facts. */
  readonly pending: readonly string[];
}

export interface UpdateHintInput {
  readonly project: Project;
  readonly file: CheckedFile;
  readonly facts: Pick<Facts, 'packument'>;
  readonly advisories?: Advisories;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Returns the hints for the ranges in a part of a file, as far as facts are known. */
export function updateHints(
  { project, file, facts, now, advisories }: UpdateHintInput,
  part: Span,
): UpdateHints {
  const hints: UpdateHint[] = [];
  const asked = new Set<string>();
  const pending = new Set<string>();
  const context = offerContext(project, now, advisories);
  for (const range of updatableRanges(project, file)) {
    if (range.valueSpan.end < part.start || range.valueSpan.end > part.end) continue;
    asked.add(range.target);
    const fact = facts.packument(range.target);
    if (isToBeAsked(fact)) pending.add(range.target);
    if (fact.state !== 'ready') continue;
    const offer = updateOffer(range, fact.value, context);
    const parts = offer === undefined ? [] : partsOf(project, range, offer, context);
    if (parts.length > 0) hints.push({ range, parts });
  }
  return { hints, asked, pending: [...pending] };
}

/** Checks whether to request it. The session tracks recent requests and does not repeat them at once. */
function isToBeAsked(fact: Fact<Packument>): boolean {
  return fact.state === 'ready' ? fact.stale : fact.state !== 'absent';
}

function partsOf(
  project: Project,
  range: DeclaredRange,
  offer: UpdateOffer,
  { coolDown }: OfferContext,
): readonly UpdateHintPart[] {
  const { inRange, latest, passedOver, held, vulnerable } = offer;
  const newerInRange = inRange === latest ? undefined : inRange;
  // VS Code cuts all hints of a line after 43 characters: the tooltip has the number and the severity, and a sign stands
  // for the word where the latest version would be cut.
  const mark = newerInRange !== undefined && latest !== undefined ? ' ⚠' : ', vulnerable';
  const part = (word: string, version: string, says: string): UpdateHintPart => {
    const moved = movedTo(range, version);
    const editable = moved !== undefined && range.token !== undefined;
    const found = vulnerable.get(version);
    const known = found === undefined ? '' : describeVulnerability(found);
    return {
      label: oneLine(`${word} ${version}${found === undefined ? '' : mark}`, 60),
      tooltip: oneLine(
        `${range.target} ${version} ${says}.${known === '' ? '' : ` It has ${known}.`}${editable ? ` Writes ${moved}.` : writesNothing(range)}`,
        300,
      ),
      version: editable ? version : undefined,
    };
  };
  const parts: UpdateHintPart[] = [];
  if (newerInRange !== undefined) {
    parts.push(part('in range', newerInRange, `is the latest version in ${range.declared}`));
  }
  if (latest !== undefined) {
    parts.push(part(passedOver === undefined ? 'latest' : 'newest', latest, describeNewest(passedOver)));
  }
  if (held?.because === 'waits' && latest !== held.version) {
    const until = held.until === undefined ? '' : ` until ${formatDay(held.until)}`;
    const label = oneLine(
      latest === undefined ? `latest ${held.version} in cooldown` : `${held.version} in cooldown`,
      60,
    );
    const why = describeCooldown(project, coolDown);
    const tooltip = oneLine(`${range.target} ${held.version} is within ${why}${until}.`, 300);
    parts.push({ label, tooltip, version: undefined });
  }
  return parts;
}

function writesNothing({ token }: DeclaredRange): string {
  return token === undefined ? ' An override decides the version.' : ' The range already admits it.';
}
