import semver from 'semver';
import { isPrivate } from '../../../judge/check/selected-versions.ts';
import { aboutOf } from '../../../judge/exposure/about-advisory.ts';
import { affectingIn, reportsIn } from '../../../judge/exposure/affecting.ts';
import { knownFix, ownFix } from '../../../judge/exposure/clearing-version.ts';
import { fixesAll, severityWord } from '../../../judge/exposure/describe-advisory.ts';
import type { ExposedPackage } from '../../../judge/exposure/exposed-place.ts';
import { type LockExposure, lockExposure } from '../../../judge/exposure/lock-exposure.ts';
import type { Advisories, AdvisorySourceState } from '../../../know/advisory/advisories.ts';
import type { Advisory } from '../../../know/advisory/advisory.ts';
import { plainOf } from '../../../read/manifest/plain-specifier.ts';
import { readSpecifier } from '../../../read/manifest/read-specifier.ts';
import type { Project } from '../../../read/project/project.ts';
import { advisoryUrl } from '../advisory-url.ts';
import { describeMissingSources, describeUsedSources } from '../describe-advisory-source.ts';
import type { CardLine, CardText } from './card-line.ts';
import type { HoverTarget } from './hover-target.ts';

const MOST = 8;
const MOST_WAYS = 3;

export interface AdvisoryLines {
  /** The advisories on the version or what it pulls in: for the top of the card. */
  readonly telling: readonly CardLine[];
  /** The sources asked, and those that have not answered. */
  readonly checked: readonly CardLine[];
}

/**
 * Returns the advisories on the version under the cursor and what it pulls in, with their sources. If there are none,
 * says so, with the sources that have not answered.
 */
export function advisoryLines(
  project: Project,
  advisories: Advisories,
  target: HoverTarget,
  now: number,
): AdvisoryLines {
  const { entry } = target;
  const version = versionOf(target);
  const exposure =
    project.lockfile === undefined ? undefined : lockExposure(project, project.lockfile, advisories);
  const isServed = target.elsewhere === undefined;
  const own =
    isServed && version !== undefined ? affectingIn(project, advisories)(target.target, version) : [];
  const unsure =
    isServed && version !== undefined
      ? reportsIn(
          project,
          advisories,
        )(target.target).filter((advisory) => advisory.affects(version) === 'unknown')
      : [];
  const brought = entry === undefined ? [] : (exposure?.introducedBy(undefined, target.name, entry) ?? []);
  const texts = [
    ...own.map((advisory) => advisoryText(advisory, describeFixed(advisory, advisories, version!))),
    ...clearingTexts(own, advisories, version),
    ...unsure.map((advisory) => unsureText(advisory, version!)),
  ];
  return {
    telling: [
      ...lineOf('Advisories', texts),
      ...(own.length === 0 || entry === undefined ? [] : lineOf('Pulled in by', waysTo(entry, exposure))),
      ...lineOf(
        'Pulls in',
        brought.flatMap((each) => introducedTexts(each, advisories)),
      ),
    ],
    checked: isServed
      ? checkedLines(advisories.sources, now, {
          version,
          isReported: texts.length > 0,
          isPrivate: isPrivate(target.target, project),
        })
      : [],
  };
}

/** Returns the locked version, or else the exactly declared one. */
function versionOf({ entry, declared, means, name }: HoverTarget): string | undefined {
  if (entry !== undefined) return entry.source === 'registry' ? entry.version?.value : undefined;
  const text = means?.declared ?? declared;
  const plain = text === undefined ? undefined : plainOf(readSpecifier(name, text));
  return plain?.type === 'version' ? (semver.valid(plain.range) ?? undefined) : undefined;
}

function lineOf(label: string, texts: readonly CardText[]): readonly CardLine[] {
  if (texts.length === 0) return [];
  const more = texts.length - MOST;
  return [{ label, texts: more > 0 ? [...texts.slice(0, MOST), `and ${more} more`] : texts }];
}

/** Formats `GHSA-… critical · prototype pollution · affects <0.2.4 · fixed in 0.2.4`. */
function advisoryText(advisory: Advisory, fixed: string, before = '', behind = ''): CardText {
  const { severity, score, isMalware, range } = advisory;
  const worth = severity === undefined ? 'of unknown severity' : severityWord(severity);
  const words = [
    isMalware ? 'malware' : score === undefined ? worth : `${worth} (${score})`,
    isMalware ? undefined : aboutOf(advisory),
    `affects ${range === '*' ? 'every version' : range}`,
    fixed,
  ].filter((part) => part !== undefined);
  return [before, idLink(advisory), ` ${words.join(' · ')}${behind}`];
}

function describeFixed(advisory: Advisory, advisories: Advisories, version: string): string {
  const own = ownFix(advisory, version);
  if (own !== undefined) return `fixed in ${own}`;
  const fix = knownFix(advisories, advisory.package, version);
  if (fix.state === 'fixed') return `fixed in ${fix.version}`;
  return fix.state === 'unknown' ? 'fixed version unknown' : 'no fix known';
}

/** Returns the fixed version, unless every advisory already names it. */
function clearingTexts(
  own: readonly Advisory[],
  advisories: Advisories,
  version: string | undefined,
): readonly CardText[] {
  const [first] = own;
  const fix = first === undefined ? undefined : knownFix(advisories, first.package, version!);
  if (fix?.state !== 'fixed' || own.every((advisory) => ownFix(advisory, version!) === fix.version))
    return [];
  return [
    own.length > 1
      ? `${fix.version} ${fixesAll(own.filter((each) => each.affects(fix.version) !== 'no'))}`
      : `${fix.version} has no known vulnerabilities`,
  ];
}

/** Formats an uncertain advisory: if a range lost its end, the version may or may not be affected. */
function unsureText(advisory: Advisory, version: string): CardText {
  const why = advisory.isUnbounded
    ? `as its source lost the end of ${advisory.range}`
    : 'as the version cannot be compared';
  return [idLink(advisory), ` may or may not affect ${version}, ${why}`];
}

function idLink({ id }: Advisory): string | { readonly text: string; readonly address: string } {
  const address = advisoryUrl(id);
  return address === undefined ? id : { text: id, address };
}

function introducedTexts(
  { name, version, advisories: own, path }: ExposedPackage,
  all: Advisories,
): CardText[] {
  const way = path.length > 2 ? ` · ${path.join(' → ')}` : '';
  return own.map((advisory) =>
    advisoryText(advisory, describeFixed(advisory, all, version), `${name} ${version}: `, way),
  );
}

function waysTo(entry: NonNullable<HoverTarget['entry']>, exposure: LockExposure | undefined): CardText[] {
  const paths = exposure?.introducersOf(entry) ?? [];
  const more = paths.length - MOST_WAYS;
  const texts = paths.slice(0, MOST_WAYS).map(({ path }) => path.join(' → '));
  return more > 0 ? [...texts, `and ${more} more`] : texts;
}

interface Looked {
  readonly version: string | undefined;
  /** Whether advisories on the version are already listed. */
  readonly isReported: boolean;
  /** Whether public data does not apply to this package, but to others with its name. */
  readonly isPrivate: boolean;
}

function checkedLines(
  sources: readonly AdvisorySourceState[],
  now: number,
  { version, isReported, isPrivate }: Looked,
): readonly CardLine[] {
  const label = isReported ? 'Known from' : 'Advisories';
  // The public registry is not asked about a private package.
  const isOwn = ({ source, host }: AdvisorySourceState) => source === 'registry' && host !== undefined;
  const counting = isPrivate ? sources.filter(isOwn) : sources;
  const used = describeUsedSources(counting, now);
  const missing = describeMissingSources(counting);
  if (used === undefined) {
    const why = isPrivate
      ? 'public advisories do not apply to a private package'
      : 'no advisory data on this machine';
    return lineOf(label, [`not checked: ${missing ?? why}`]);
  }
  if (version === undefined)
    return lineOf(label, ['not checked, as no single version is locked or declared']);
  const words = [
    isReported ? undefined : `none known for ${version}`,
    used,
    missing === undefined ? undefined : `not checked: ${missing}`,
  ];
  return lineOf(label, [words.filter((part) => part !== undefined).join(' · ')]);
}
