import semver from 'semver';
import type { Packument, PackumentVersion } from '../../../know/registry/documents/packument.ts';
import { versionChanges } from '../../../know/registry/releases/version-changes.ts';
import { describeStarted } from '../../../know/scripts/describe-started.ts';
import { namesAndMore } from '../../../read/text/words/words.ts';
import { describeRegistry } from '../describe-registry.ts';
import { oneLine } from '../markdown.ts';
import { type CardLine, line, listed } from './card-line.ts';
import { describeMainChanges } from './describe-change.ts';
import { publishedText, releaseLine } from './describe-publish.ts';
import { describeScript, isUnknownScript, runsNothing } from './describe-script.ts';
import { describeContent } from './describe-size.ts';
import { describeTrust } from './describe-trust.ts';
import { OF_WORKSPACE } from './elsewhere.ts';
import type { HoverFacts } from './hover-facts.ts';
import { NOTHING_IGNORED } from './ignored-facts.ts';
import { type CardVerdict, isOfAdvisories } from './verdict.ts';

/** The version that the facts are about. */
export interface FactsOf {
  readonly packument: Packument | undefined;
  /** The locked version, otherwise the latest. */
  readonly subject: PackumentVersion | undefined;
  readonly verdict: CardVerdict;
}

const MOST_FINDINGS = 2;
const MOST_ADVISORIES = 2;
const MOST_IGNORES = 1;
const MOST_PEOPLE = 4;
/** Two rows of a card. */
const LONGEST = 150;
const LONGEST_NEWS = 220;

/** Yields what is known of the dependency, one line each, what may need a decision first. A card shows the first few. */
export function* cardFacts(facts: HoverFacts, { packument, subject, verdict }: FactsOf): Generator<CardLine> {
  const { source, advisories, ignored = NOTHING_IGNORED, now } = facts;
  const known = source.type === 'registry' ? source.known : undefined;
  const locked = facts.locked.type === 'version' ? facts.locked.version : undefined;
  yield* listed('Advisory', advisories.ownTexts, MOST_ADVISORIES);
  yield* findingLines(facts, verdict);
  yield* listed('Ignored', ignored.texts, MOST_IGNORES);
  yield* listed('Unclear', advisories.unsureTexts, 1);
  yield* listed('Pulled in by', advisories.paths, 1);
  yield* listed('Advisory', advisories.pulledInTexts, MOST_ADVISORIES);
  yield* newCodeLines(facts);
  if (source.type === 'registry') {
    if (source.held !== undefined) yield* line(source.held.label, source.held.words);
    if (source.registry.kind !== 'public') yield* line('Registry', describeRegistry(source.registry));
  } else {
    if (source.words !== OF_WORKSPACE) yield* line('Source', source.words);
    yield* line('Locked to', source.lockedTo);
  }
  yield* changeLines(packument, locked);
  yield* scriptLines(facts, subject);
  if (packument !== undefined) yield* line('Published', publishedText(packument, locked, now));
  if (subject !== undefined && known !== undefined) yield* line('Trust', describeTrust(subject, known));
  yield* line('Pulls in', facts.pulledIn);
  if (packument !== undefined && known !== undefined) {
    const { downloads } = known;
    yield releaseLine(packument, downloads.state === 'ready' ? downloads : undefined, now);
  }
  yield* usedLines(facts);
  yield* contentLines(facts, subject, packument);
  yield* line('Maintainers', maintainers(packument));
  if (source.type === 'registry' && source.registry.kind === 'public') {
    yield* line('Registry', describeRegistry(source.registry));
  }
}

/** Yields the findings that neither the verdict nor the lines about advisories report. */
function* findingLines({ findings, advisories }: HoverFacts, verdict: CardVerdict): Generator<CardLine> {
  const isReported = advisories.own.length + advisories.pulledIn.length > 0;
  const others = findings.filter(
    (finding) => finding.message !== verdict.finding && !(isReported && isOfAdvisories(finding)),
  );
  const texts = others.map(({ severity, message }) => oneLine(`${severity}: ${message}`, LONGEST));
  yield* listed('Finding', texts, MOST_FINDINGS);
}

/** Describes what the locked version can do that the version in the base cannot: the main sign, and what three rows hold. */
function* newCodeLines({ code }: HoverFacts): Generator<CardLine> {
  if (code?.news?.before === undefined) return;
  const { signs, capabilities, before } = code.news;
  const all = [...signs.slice(0, 1), ...capabilities, ...signs.slice(1)];
  if (all.length === 0) return;
  let shown = 1;
  while (shown < all.length && all.slice(0, shown + 1).join(' · ').length <= LONGEST_NEWS) shown++;
  const more = all.length > shown ? ` and ${all.length - shown} more` : '';
  yield* line(`New code since ${before}`, all.slice(0, shown).join(' · ') + more);
}

function usedLines({ code }: HoverFacts): readonly CardLine[] {
  return code === undefined || code.uses.length === 0 ? [] : line('Code uses', code.uses.join(', '));
}

/** Describes the changes from the locked version to the latest, if that is later. */
function changeLines(packument: Packument | undefined, locked: string | undefined): readonly CardLine[] {
  const latest = packument?.distTags.get('latest');
  if (packument === undefined || locked === undefined || latest === undefined) return [];
  const [from, to] = [semver.parse(locked), semver.parse(latest)];
  if (from === null || to === null || from.compare(to) >= 0) return [];
  const changes = versionChanges(packument, locked, latest);
  return line(`Changed in ${latest}`, changes && describeMainChanges(changes));
}

/** Describes scripts that run, or may run, on install. */
function* scriptLines(
  { scripts, started = [] }: HoverFacts,
  version: PackumentVersion | undefined,
): Generator<CardLine> {
  const isSaidElsewhere = version !== undefined && runsNothing(scripts, version);
  if (!isSaidElsewhere && !isUnknownScript(scripts, version)) {
    yield* line('Scripts', describeScript(scripts, version));
  }
  yield* line('File', describeStarted(started));
}

function contentLines(
  { scripts, lockedLicense }: HoverFacts,
  version: PackumentVersion | undefined,
  packument: Packument | undefined,
): readonly CardLine[] {
  const given = version?.license ?? lockedLicense ?? packument?.license;
  const license = given === undefined ? undefined : oneLine(given, 60);
  if (version === undefined) return line('License', license);
  const script = runsNothing(scripts, version) ? 'no install script' : undefined;
  const parts = [license, script, describeContent(version)].filter((part) => part !== undefined);
  return line('Contents', parts.join(' · '));
}

function maintainers(packument: Packument | undefined): string | undefined {
  const people = packument?.maintainers?.map(({ name }) => name);
  return people === undefined ? undefined : namesAndMore(people, MOST_PEOPLE);
}
