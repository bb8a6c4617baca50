import type { Publisher } from '../../../know/registry/documents/packument.ts';
import { isTrustedPublish } from '../../../know/registry/documents/publisher.ts';
import type { ChangedDependency, VersionChanges } from '../../../know/registry/releases/version-changes.ts';
import { joinNames, namesAndMore, plural } from '../../../read/text/words/words.ts';
import { oneLine } from '../markdown.ts';
import { describeService } from './describe-publish.ts';
import { formatSize } from './describe-size.ts';

/** A smaller change, relative to the size, is not mentioned. */
const NOTABLE_GROWTH = 0.1;
const MOST_NAMES = 3;
/** In a text of its own, more would push other facts out of a card. */
const MOST_IN_ONE = 3;
/** Limits long names and commands, which would push the rest out of the card. */
const LONGEST = 100;

/**
 * Describes the differences in a later version, in at most two texts: publisher and scripts, where an attack shows;
 * then everything else. Claims nothing the registry does not state.
 */
export function describeChange(changes: VersionChanges): readonly string[] {
  const [telling, rest] = partsOf(changes);
  const same = telling.length === 0 ? sameWords(changes) : undefined;
  return [telling.length > 0 ? telling.join(' · ') : same, rest.join(' · ')].filter(
    (text) => text !== undefined && text !== '',
  ) as readonly string[];
}

/** Describes the differences that matter most, in one text; undefined if nothing is known to have changed. */
export function describeMainChanges(changes: VersionChanges): string | undefined {
  const parts = partsOf(changes).flat();
  return parts.length === 0 ? undefined : parts.slice(0, MOST_IN_ONE).join(' · ');
}

function partsOf(changes: VersionChanges): readonly [telling: readonly string[], rest: readonly string[]] {
  return [
    [...describeTrust(changes), ...describeScript(changes), ...describeMaintainer(changes)],
    [...describeDependency(changes.dependencies), ...otherWords(changes)],
  ];
}

function describeTrust({
  from,
  to,
  publisher,
  trustedPublisher,
  ...lost
}: VersionChanges): readonly string[] {
  const words: string[] = [];
  if (lost.lostTrustedPublishing) {
    words.push(`published from the account ${short(to.publishedBy?.name)}, no longer by a trusted publisher`);
  } else if (trustedPublisher !== undefined) {
    const { before, after } = trustedPublisher;
    words.push(
      `trusted publisher ${short(describeService(after))}, before ${short(describeService(before))}`,
    );
  } else if (publisher !== undefined && !(isTrustedPublish(from) && isTrustedPublish(to))) {
    words.push(describePublisher(publisher, isTrustedPublish(to)));
  }
  if (lost.lostProvenance) words.push(`no provenance, which ${from.version} had`);
  return words;
}

function describePublisher(
  { before, after }: { readonly before: Publisher; readonly after: Publisher },
  isTrusted: boolean,
): string {
  if (before.name.toLowerCase() === after.name.toLowerCase()) {
    return `${short(after.name)} has an email address at ${short(after.emailDomain)}, before at ${short(before.emailDomain)}`;
  }
  const trusted = isTrusted ? ' as a trusted publisher' : '';
  return `published by ${short(after.name)}${trusted}, before by ${short(before.name)}`;
}

function describeScript({ from, installScripts, gainedInstallScript }: VersionChanges): readonly string[] {
  const words = installScripts.map(({ script, before, after }) => {
    if (after === undefined) return `${script} removed`;
    return before === undefined ? `new ${script}: ${short(after)}` : `changed ${script}: ${short(after)}`;
  });
  const isReported = installScripts.some(({ after }) => after !== undefined);
  return gainedInstallScript && !isReported
    ? [...words, `runs a script on install, which ${from.version} did not`]
    : words;
}

function describeMaintainer({ maintainers }: VersionChanges): readonly string[] {
  if (maintainers === undefined) return [];
  const { added, removed } = maintainers;
  const parts = [
    added.length === 0 ? '' : `${listed(added)} added`,
    removed.length === 0 ? '' : `${listed(removed)} removed`,
  ];
  return [`maintainers: ${parts.filter((part) => part !== '').join(', ')}`];
}

function describeDependency(dependencies: readonly ChangedDependency[]): readonly string[] {
  const added = dependencies.filter(({ before }) => before === undefined);
  const removed = dependencies.filter(({ after }) => after === undefined);
  const moved = dependencies.length - added.length - removed.length;
  const names = (changed: readonly ChangedDependency[]) => listed(changed.map(({ name }) => name));
  const words: string[] = [];
  if (added.length > 0) words.push(`new ${dependencyNoun(added)} ${names(added)}`);
  if (removed.length > 0) words.push(`removed ${dependencyNoun(removed)} ${names(removed)}`);
  if (moved > 0) words.push(`${plural(moved, 'dependency', 'dependencies')} with another range`);
  return words;
}

function dependencyNoun({ length }: readonly unknown[]): string {
  return length === 1 ? 'dependency' : 'dependencies';
}

function otherWords({ size, license, repository, addedBins }: VersionChanges): readonly string[] {
  const words: string[] = [];
  if (size !== undefined && Math.abs(size.after - size.before) > size.before * NOTABLE_GROWTH) {
    words.push(`${formatSize(size.after)}, before ${formatSize(size.before)}`);
  }
  if (license !== undefined) words.push(`license ${short(license.after)}, before ${short(license.before)}`);
  if (repository !== undefined) {
    const { before, after } = repository;
    words.push(
      after === undefined ? 'repository removed' : `repository ${short(after)}, before ${short(before)}`,
    );
  }
  if (addedBins.length > 0) {
    words.push(`new ${addedBins.length === 1 ? 'command' : 'commands'} ${listed(addedBins)}`);
  }
  return words;
}

/** Describes what did not change if it is known for both versions, and what is unknown. */
function sameWords({ from, to, dependencies }: VersionChanges): string {
  const isKnown = {
    publisher: from.publishedBy !== undefined && to.publishedBy !== undefined,
    'install scripts': from.hasInstallScript !== undefined && to.hasInstallScript !== undefined,
  };
  const [same, unreported] = [true, false].map((known) =>
    Object.entries(isKnown).flatMap(([what, is]) => (is === known ? [what] : [])),
  ) as [string[], string[]];
  if (dependencies.length === 0) same.push('dependencies');
  return [
    same.length === 0 ? '' : `same ${joinNames(same)}`,
    unreported.length === 0 ? '' : `${joinNames(unreported)} unknown`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function listed(names: readonly string[]): string {
  return namesAndMore(names.map(short), MOST_NAMES);
}

function short(text = ''): string {
  return oneLine(text, LONGEST);
}
