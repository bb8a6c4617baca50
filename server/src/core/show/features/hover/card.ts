import semver from 'semver';
import type { Packument, PackumentVersion } from '../../../know/registry/documents/packument.ts';
import { versionChanges } from '../../../know/registry/releases/version-changes.ts';
import { describeStarted } from '../../../know/scripts/describe-started.ts';
import { namesAndMore } from '../../../read/text/words/words.ts';
import { describeRegistry } from '../describe-registry.ts';
import { cardHeader } from './card-header.ts';
import { type CardLine, line } from './card-line.ts';
import { describeChange } from './describe-change.ts';
import { publishedLines, releaseLine } from './describe-publish.ts';
import { describeScript, runsNothing } from './describe-script.ts';
import { describeContent } from './describe-size.ts';
import { describeTrust } from './describe-trust.ts';
import type { HoverFacts } from './hover-facts.ts';
import { stateLines } from './state-lines.ts';

/** A card as plain data, rendered by shells. Nothing in it is escaped. */
export interface HoverCard {
  readonly name: string;
  /** Displayed after the name: "0.28.2 locked", "declares ^0.28.0". */
  readonly header: readonly string[];
  /** Description and license, if known. */
  readonly summary: readonly string[];
  readonly lines: readonly CardLine[];
  readonly links: readonly { readonly text: string; readonly address: string }[];
}

/**
 * Returns a card with the known facts about a dependency that names what is unknown. Whatever may need a decision comes
 * first: findings, problems of the version or failed checks, what an update would change.
 */
export function hoverCard(facts: HoverFacts): HoverCard {
  const { source, now } = facts;
  const known = source.type === 'registry' ? source.known : undefined;
  const packument = known?.packument.state === 'ready' ? known.packument.value : undefined;
  const locked = facts.locked.type === 'version' ? facts.locked.version : undefined;
  const latest = packument?.distTags.get('latest');
  const subject = packument?.versions.get(locked ?? latest ?? '');
  const license = subject?.license ?? facts.lockedLicense ?? packument?.license;
  return {
    name: facts.name,
    header: cardHeader(facts, packument),
    summary: [packument?.description, license].filter((text) => text !== undefined),
    lines: [
      ...findingLines(facts),
      ...facts.advisories.telling,
      ...line('Deprecated', subject?.deprecated ?? facts.lockedDeprecated),
      ...(source.type === 'registry' ? stateLines(facts, source) : []),
      ...newCodeLines(facts),
      ...changeLines(packument, locked, latest),
      ...(packument === undefined ? [] : publishedLines(packument, locked, now)),
      ...(packument === undefined ? [] : line('Maintainers', maintainers(packument))),
      ...(packument === undefined || known === undefined
        ? []
        : [releaseLine(packument, known.downloads, now)]),
      ...contentLines(facts, subject),
      ...line('Pulls in', facts.pulledIn),
      ...usedLines(facts),
      ...(subject === undefined || known === undefined ? [] : line('Trust', describeTrust(subject, known))),
      ...sourceLines(facts),
      ...(facts.findings.length > 0 || facts.findingsBeside
        ? []
        : line('Findings', isWhole(facts) ? 'none' : 'none known so far')),
      ...facts.advisories.checked,
    ],
    links: links(packument),
  };
}

const MOST_NEWS = 10;

/** Describes what the locked version can do that the version in the base cannot. */
function newCodeLines({ code }: HoverFacts): readonly CardLine[] {
  if (code?.news?.before === undefined) return [];
  const { signs, capabilities, before, isSuspicious } = code.news;
  const all = [...signs, ...capabilities];
  if (all.length === 0) return [];
  const more = all.length > MOST_NEWS ? [`and ${all.length - MOST_NEWS} more`] : [];
  const label = isSuspicious ? `Suspicious since ${before}` : `New in the code since ${before}`;
  return [{ label, texts: [...all.slice(0, MOST_NEWS), ...more] }];
}

function usedLines({ code }: HoverFacts): readonly CardLine[] {
  return code === undefined || code.uses.length === 0 ? [] : line('Code uses', code.uses.join(', '));
}

/** Describes the changes from the locked version to the latest, if that is later. */
function changeLines(
  packument: Packument | undefined,
  locked: string | undefined,
  latest: string | undefined,
): readonly CardLine[] {
  if (packument === undefined || locked === undefined || latest === undefined) return [];
  const [from, to] = [semver.parse(locked), semver.parse(latest)];
  if (from === null || to === null || from.compare(to) >= 0) return [];
  const changes = versionChanges(packument, locked, latest);
  const texts = changes === undefined ? [] : describeChange(changes);
  return texts.length === 0 ? [] : [{ label: `Changed in ${latest}`, texts }];
}

function maintainers({ maintainers: people }: Packument): string {
  if (people === undefined) return 'not provided by this registry';
  return namesAndMore(
    people.map((person) => person.name),
    8,
  );
}

/** Describes what is installed and run: one line, or up to three if scripts run or may run. */
function contentLines(
  { scripts, started = [] }: HoverFacts,
  version: PackumentVersion | undefined,
): readonly CardLine[] {
  const file = line('File', describeStarted(started));
  if (version === undefined) return [...line('Scripts', describeScript(scripts, undefined)), ...file];
  const contents = describeContent(version);
  return runsNothing(scripts, version)
    ? line('Contents', `no install script · ${contents}`)
    : [...line('Scripts', describeScript(scripts, version)), ...file, ...line('Contents', contents)];
}

function sourceLines({ source }: HoverFacts): readonly CardLine[] {
  if (source.type === 'registry') return line('Registry', describeRegistry(source.registry));
  return [
    ...line('Source', source.words),
    ...line('Locked to', source.lockedTo),
    ...line('Registry', 'not asked, as this dependency does not come from one'),
  ];
}

function isWhole({ source, allChecked }: HoverFacts): boolean {
  if (source.type === 'other') return allChecked;
  const { packument } = source.known;
  const isAnswered = packument.state === 'absent' || packument.state === 'ready';
  return allChecked && isAnswered && !('notRefreshed' in packument);
}

/** Omits hints, which only offer a fix: the card covers their subject itself, except for hints about the name. */
function findingLines({ findings }: HoverFacts): readonly CardLine[] {
  const telling = findings.filter(({ severity, rule }) => severity !== 'hint' || rule === 'typosquat-name');
  const texts = telling.map(({ severity, message }) => `${severity}: ${message}`);
  return texts.length === 0 ? [] : [{ label: 'Findings', texts }];
}

/** Returns URLs as the registry provides them; the shell decides which may be links. */
function links(packument: Packument | undefined): HoverCard['links'] {
  const { homepage, repository } = packument ?? {};
  const source = repository?.replace(/^git\+/, '').replace(/\.git$/, '');
  return [
    ...(source === undefined ? [] : [{ text: 'Repository', address: source }]),
    ...(homepage === undefined || homepage.split('#', 1)[0] === source
      ? []
      : [{ text: 'Homepage', address: homepage }]),
  ];
}
