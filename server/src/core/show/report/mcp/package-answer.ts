import { NEW_DAYS } from '../../../judge/rules/new-package.ts';
import type { Advisory } from '../../../know/advisory/advisory.ts';
import type { UnavailableReason } from '../../../know/registry/documents/fact.ts';
import { firstPublished } from '../../../know/registry/releases/first-published.ts';
import { isSecurityHolding } from '../../../know/registry/releases/security-holding.ts';
import { DEFAULT_DAYS } from '../../../read/project/manager/cooldown.ts';
import {
  type CheckId,
  type Judgement,
  judgementOf,
  type VerifyCheck,
  verifyChecks,
} from '../../verify/checks.ts';
import type { VerifiedPackage } from '../../verify/verified-package.ts';
import { advisoryIds, bounded, publisherName } from './bounded.ts';

/**
 * The facts about a package for an assistant: numbers, ids and words from fixed lists. Descriptions, deprecation messages
 * and scripts are left out, as an assistant could take them for instructions. Null means unknown.
 */
export interface PackageAnswer {
  readonly package: string;
  /** The version, tag or range of the question. */
  readonly asked: string | null;
  /** removed: unpublished, or taken down by the registry. */
  readonly exists: 'yes' | 'no' | 'removed' | 'unknown';
  readonly versionExists: 'yes' | 'no' | 'unknown';
  readonly judgement: Judgement;
  readonly version: string | null;
  readonly firstPublished: string | null;
  readonly ageInDays: number | null;
  readonly versionPublished: string | null;
  readonly versionAgeInDays: number | null;
  readonly publisher: string | null;
  readonly downloadsLastWeek: number | null;
  /** Whether the bundled list of the most downloaded names has it. */
  readonly isPopular: boolean;
  readonly lookAlike: { readonly target: string; readonly confidence: string } | null;
  /** Ids of advisories on this version. */
  readonly malware: readonly string[];
  readonly vulnerabilities: readonly string[];
  /** Ids of malware reports on the name, whatever the version. */
  readonly malwareInAnyVersion: readonly string[];
  readonly installScripts: readonly string[] | null;
  readonly deprecated: boolean | null;
  readonly checks: readonly {
    readonly check: CheckId;
    readonly result: VerifyCheck['result'];
    readonly reason: UnavailableReason | null;
  }[];
}

export interface NameKnowledge {
  /** Every report on the name. */
  readonly reports: readonly Advisory[];
  readonly isPopular: boolean;
}

const VERSION = /^[\w.+-]{1,60}$/;

const DAY = 24 * 60 * 60 * 1000;

/** Reduces everything that is known about a package to an answer for an assistant. */
export function packageAnswer(found: VerifiedPackage, { reports, isPopular }: NameKnowledge): PackageAnswer {
  const { name, asked, chosen, registry, now, lookAlike, downloads } = found;
  const checks = verifyChecks(found);
  const packument = found.packument.state === 'ready' ? found.packument.value : undefined;
  const version = found.version.state === 'ready' ? found.version.value : undefined;
  const exists = existenceOf(found);
  const first = packument && firstPublished(packument, registry);
  const published = chosen && packument?.times.get(chosen.version);
  const { affecting } = found.advisories;
  return {
    package: name,
    asked: asked === undefined ? null : bounded(asked, 60),
    exists,
    versionExists: chosen !== undefined ? 'yes' : exists === 'yes' || exists === 'no' ? 'no' : 'unknown',
    judgement: judgementOf(checks),
    version: chosen !== undefined && VERSION.test(chosen.version) ? chosen.version : null,
    firstPublished: isoOf(first),
    ageInDays: daysSince(first, now),
    versionPublished: isoOf(published),
    versionAgeInDays: daysSince(published, now),
    publisher: publisherName(version?.publishedBy?.name),
    downloadsLastWeek: downloads.state === 'ready' ? (downloads.value.lastWeek ?? null) : null,
    isPopular,
    lookAlike:
      lookAlike === undefined ? null : { target: lookAlike.target, confidence: lookAlike.confidence },
    malware: advisoryIds(affecting.filter(({ isMalware }) => isMalware)),
    vulnerabilities: advisoryIds(affecting.filter(({ isMalware }) => !isMalware)),
    malwareInAnyVersion: advisoryIds(reports.filter(({ isMalware }) => isMalware)),
    installScripts: installScriptsOf(version),
    deprecated: version === undefined ? null : version.deprecated !== undefined,
    checks: checks.map(({ id, result, reason = null }) => ({ check: id, result, reason })),
  };
}

function existenceOf({ packument }: VerifiedPackage): PackageAnswer['exists'] {
  if (packument.state === 'absent') return 'no';
  if (packument.state !== 'ready') return 'unknown';
  const { value } = packument;
  return value.unpublished !== undefined || isSecurityHolding(value) ? 'removed' : 'yes';
}

function isoOf(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}

function daysSince(time: number | undefined, now: number): number | null {
  return time === undefined ? null : Math.max(0, Math.floor((now - time) / DAY));
}

type Version = {
  readonly installScripts: ReadonlyMap<string, string>;
  readonly hasInstallScript: boolean | undefined;
};

function installScriptsOf(version: Version | undefined): readonly string[] | null {
  if (version === undefined) return null;
  const scripts = [...version.installScripts.keys()];
  if (scripts.length > 0) return scripts;
  return version.hasInstallScript === false ? [] : version.hasInstallScript === true ? ['install'] : null;
}

/** Formats the answer as a few sentences: reasons against an install first, and what was not checked last. */
export function formatPackage(answer: PackageAnswer, isPrivate: boolean): string {
  const { exists, judgement } = answer;
  const subject = answer.version === null ? answer.package : `${answer.package} ${answer.version}`;
  const said = [
    ...describeExistence(answer, isPrivate),
    ...describeMalware(answer, subject),
    ...(exists === 'unknown' ? [describeUnknown(answer)] : []),
    ...describeAge(answer, subject),
    ...describeDoubts(answer, subject),
  ];
  const unknown = answer.checks.filter(({ result }) => result === 'unknown');
  if (said.length === 0 && exists === 'yes' && judgement === 'right')
    said.push(`Nothing wrong is known about ${subject}. This does not prove that the code is safe.`);
  if (unknown.length > 0)
    said.push(
      `Not checked: ${unknown.map(({ check, reason }) => `${check} (${reason ?? 'failed'})`).join(', ')}.`,
    );
  return said.join('\n');
}

function describeExistence({ package: name, exists, asked, version }: PackageAnswer, isPrivate: boolean) {
  switch (exists) {
    case 'no':
      return isPrivate
        ? [`${name} does not exist in its registry, or is not shown to this user. Do not install it.`]
        : [`${name} does not exist in the registry. Do not install it: anybody may register the name.`];
    case 'removed':
      return [`${name} was removed from the registry. Do not install it.`];
    case 'unknown':
      return [];
    case 'yes':
      return version === null ? [`${name} exists, but has no version ${asked ?? ''}.`] : [];
  }
}

function describeUnknown({ package: name, isPopular, checks }: PackageAnswer): string {
  const isOffline = checks.some(({ check, reason }) => check === 'registry' && reason === 'offline');
  const why = isOffline ? 'no registry may be asked' : 'its registry gave no answer';
  const then = isPopular
    ? 'The bundled list of popular names has it.'
    : 'Do not install it before the user has looked.';
  return `It is unknown whether ${name} exists, as ${why}. ${then}`;
}

function describeMalware(
  { malware, malwareInAnyVersion, version, asked, package: name }: PackageAnswer,
  subject: string,
): readonly string[] {
  if (malware.length > 0)
    return [
      `${version === null ? `${name}@${asked}` : subject} is known malware (${malware.join(', ')}). Do not install it.`,
    ];
  if (malwareInAnyVersion.length === 0) return [];
  const which = version === null ? 'Some or all versions' : 'Other versions';
  return [`${which} of ${name} are known malware (${malwareInAnyVersion.join(', ')}).`];
}

function describeAge(
  { package: name, ageInDays, versionAgeInDays, downloadsLastWeek }: PackageAnswer,
  subject: string,
) {
  if (ageInDays !== null && ageInDays < NEW_DAYS) {
    const users = downloadsLastWeek === null ? '' : ` and has ${downloadsLastWeek} downloads a week`;
    return [`${name} is ${days(ageInDays)} old${users}. Ask the user before you install it.`];
  }
  if (versionAgeInDays !== null && versionAgeInDays < DEFAULT_DAYS)
    return [
      `${subject} is ${days(versionAgeInDays)} old, and most bad releases are found within ${DEFAULT_DAYS} days.`,
    ];
  return [];
}

function describeDoubts(
  { lookAlike, vulnerabilities, deprecated, installScripts, checks }: PackageAnswer,
  subject: string,
): readonly string[] {
  const wrong = checks
    .filter(({ check, result }) => result === 'wrong' && check !== 'registry' && check !== 'advisories')
    .map(({ check }) => check);
  return [
    ...(lookAlike === null ? [] : [`The name looks like ${lookAlike.target}. Is ${lookAlike.target} meant?`]),
    ...(wrong.length === 0 ? [] : [`What does not verify: ${wrong.join(', ')}. Do not install it.`]),
    ...(vulnerabilities.length === 0
      ? []
      : [`${subject} has known vulnerabilities (${vulnerabilities.join(', ')}).`]),
    ...(deprecated === true ? [`${subject} is deprecated.`] : []),
    ...(installScripts !== null && installScripts.length > 0
      ? [`${subject} runs scripts when it is installed (${installScripts.join(', ')}).`]
      : []),
  ];
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}
