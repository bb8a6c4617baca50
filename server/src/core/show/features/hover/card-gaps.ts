import { type Fact, isWithheld } from '../../../know/registry/documents/fact.ts';
import type { Packument, PackumentVersion } from '../../../know/registry/documents/packument.ts';
import { formatAge } from '../../../read/text/words/dates.ts';
import { isUnknownScript } from './describe-script.ts';
import { OF_WORKSPACE } from './elsewhere.ts';
import type { HoverFacts } from './hover-facts.ts';

/** Something that is not known, and the reason as a clause. */
export interface CardGap {
  readonly what: string;
  readonly why: string;
  /** Whether a check was not made, so that the dependency is not known to have no problem. */
  readonly isCheck: boolean;
}

const NOT_YET = 'no answer yet';
const NOT_PROVIDED = 'not provided by this registry';

/** Returns everything that is not known of the dependency, what matters most first. */
export function cardGaps(
  facts: HoverFacts,
  packument: Packument | undefined,
  subject: PackumentVersion | undefined,
): readonly CardGap[] {
  const { source, advisories, locked, allChecked } = facts;
  if (source.type === 'other' && source.words === OF_WORKSPACE) return [];
  const gaps: CardGap[] = [];
  const add = (what: string, why: string | undefined, isCheck = true) => {
    if (why !== undefined) gaps.push({ what, why, isCheck });
  };
  if (locked.type === 'unread-lockfile') add('locked version', 'the lockfile cannot be read');
  if (source.type === 'registry') add('registry data', packumentGap(source.known.packument, facts.now));
  if (packument !== undefined && subject === undefined && locked.type === 'version') {
    add(locked.version, 'not listed by this registry');
  }
  add('known vulnerabilities', isJudged(facts) ? advisories.gapOfTaken : advisories.gap);
  if (source.type === 'registry' && subject !== undefined) {
    const { signature, provenance, downloads } = source.known;
    if (subject.isSigned !== undefined) add('signature', factGap(signature));
    if (subject.attestations !== undefined) add('provenance', factGap(provenance));
    add('downloads', isCounted(downloads) ? factGap(downloads) : undefined, false);
    add('release date', packument?.times.has(subject.version) === true ? undefined : NOT_PROVIDED, false);
    add('publisher', subject.publishedBy === undefined ? NOT_PROVIDED : undefined, false);
    add('maintainers', packument?.maintainers === undefined ? NOT_PROVIDED : undefined, false);
  }
  if (isUnknownScript(facts.scripts, subject)) add('install scripts', scriptGap(facts), false);
  if (!allChecked && gaps.every(({ isCheck }) => !isCheck)) add('some rules', 'their data is not known yet');
  return gaps;
}

/** Checks whether a finding tells the vulnerabilities of the version that a range takes now. */
function isJudged({ findings, beside, advisories }: HoverFacts): boolean {
  return (
    'gapOfTaken' in advisories &&
    [...findings, ...beside].some(({ rule }) => rule !== undefined && OF_VERSIONS.has(rule))
  );
}

const OF_VERSIONS: ReadonlySet<string> = new Set(['malicious-version', 'vulnerable-dependency']);

/** Formats the gaps as one text, those of one reason together: "signature, downloads (offline); publisher (…)". */
export function describeGaps(gaps: readonly CardGap[]): string | undefined {
  const byReason = new Map<string, string[]>();
  for (const { what, why } of gaps) {
    const same = byReason.get(why);
    if (same === undefined) byReason.set(why, [what]);
    else same.push(what);
  }
  if (byReason.size === 0) return undefined;
  return [...byReason].map(([why, what]) => `${what.join(', ')} (${why})`).join('; ');
}

/** Says why neither the lockfile nor the registry tells the scripts; undefined if the registry has no such package. */
function scriptGap({ source, now }: HoverFacts): string | undefined {
  if (source.type === 'other') return 'not in the lockfile';
  const { packument } = source.known;
  return packument.state === 'ready' ? NOT_PROVIDED : packumentGap(packument, now);
}

function packumentGap(packument: Fact<Packument>, now: number): string | undefined {
  if (packument.state !== 'ready') return factGap(packument);
  const { notRefreshed, asOf } = packument;
  return notRefreshed && `${notRefreshed.detail}, last known ${formatAge(asOf, now)}`;
}

function factGap(fact: Fact<unknown> | undefined): string | undefined {
  switch (fact?.state) {
    case 'ready':
    case 'absent':
      return undefined;
    case 'unavailable':
      return fact.detail;
    default:
      return NOT_YET;
  }
}

/** Checks for a registry whose downloads are counted. */
function isCounted(downloads: Fact<unknown>): boolean {
  if (downloads.state !== 'unavailable') return true;
  return !isWithheld(downloads.reason) && downloads.reason !== 'not-provided';
}
