import semver from 'semver';
import { isPrivate } from '../../../judge/check/selected-versions.ts';
import { affectingIn, reportsIn } from '../../../judge/exposure/affecting.ts';
import { type KnownFix, knownFix } from '../../../judge/exposure/clearing-version.ts';
import { fixesAll } from '../../../judge/exposure/describe-advisory.ts';
import type { ExposedPackage } from '../../../judge/exposure/exposed-place.ts';
import { lockExposure } from '../../../judge/exposure/lock-exposure.ts';
import type { Advisories, AdvisorySourceState } from '../../../know/advisory/advisories.ts';
import type { Advisory } from '../../../know/advisory/advisory.ts';
import { plainOf } from '../../../read/manifest/plain-specifier.ts';
import { readSpecifier } from '../../../read/manifest/read-specifier.ts';
import type { Project } from '../../../read/project/project.ts';
import { hostAndPort, parseWebUrl } from '../../../read/text/paths/web-url.ts';
import { describeMissingSources, describeUsedSources } from '../describe-advisory-source.ts';
import { advisoryText, describeFixed, unsureText } from './advisory-text.ts';
import type { CardText } from './card-line.ts';
import type { HoverTarget } from './hover-target.ts';

/** What advisories know of the version under the cursor, and of what it pulls in. */
export interface AdvisoryFacts {
  /** On the version itself, highest severity first. */
  readonly own: readonly Advisory[];
  /** Each of them in words. */
  readonly ownTexts: readonly CardText[];
  /** "fixed in 4.18.0"; undefined if `own` is empty. */
  readonly fixed: string | undefined;
  /** Those that may or may not affect the version, in words. */
  readonly unsureTexts: readonly CardText[];
  /** The affected packages that it pulls in, shortest path first. */
  readonly pulledIn: readonly ExposedPackage[];
  /** Each of their advisories in words. */
  readonly pulledInTexts: readonly CardText[];
  /** The dependency paths to the version, if it is affected. */
  readonly paths: readonly string[];
  /** The sources that were asked, with the age of their data. */
  readonly used: string | undefined;
  /** Why they are not fully known. */
  readonly gap: string | undefined;
  /** The same if a rule judged the version that a range takes now. */
  readonly gapOfTaken?: string | undefined;
}

/** Returns what is known of the dependency under the cursor. */
export function advisoryFacts(
  project: Project,
  advisories: Advisories,
  target: HoverTarget,
  now: number,
): AdvisoryFacts {
  const { entry } = target;
  const version = versionOf(target);
  const exposure =
    project.lockfile === undefined ? undefined : lockExposure(project, project.lockfile, advisories);
  const isServed = target.elsewhere === undefined;
  const isKnown = isServed && version !== undefined;
  const own = isKnown ? affectingIn(project, advisories)(target.target, version) : [];
  const all = isKnown ? reportsIn(project, advisories)(target.target) : [];
  const unsure = all.filter((advisory) => advisory.affects(version!) === 'unknown');
  const pulledIn = entry === undefined ? [] : (exposure?.introducedBy(undefined, target.name, entry) ?? []);
  const paths = own.length === 0 || entry === undefined ? [] : (exposure?.introducersOf(entry) ?? []);
  return {
    own,
    ownTexts: own.map((advisory) => advisoryText(advisory, describeFixed(advisory, advisories, version!))),
    fixed: own.length === 0 ? undefined : describeFix(own, knownFix(advisories, target.target, version!)),
    unsureTexts: unsure.map((advisory) => unsureText(advisory, version!)),
    pulledIn,
    pulledInTexts: pulledIn.flatMap((each) =>
      each.advisories.map((advisory) =>
        advisoryText(advisory, describeFixed(advisory, advisories, each.version), `${pathBelow(each)}: `),
      ),
    ),
    paths: paths.filter(({ path }) => path.length > 1).map(({ path }) => path.join(' → ')),
    ...(isServed
      ? advisorySources(project, advisories, { name: target.target, version, now })
      : { used: undefined, gap: 'not from a registry' }),
  };
}

/** Formats the path without the dependency under the cursor: "mkdirp 0.5.1 → minimist 0.0.8". */
function pathBelow({ name, version, path }: ExposedPackage): string {
  return path.length > 2 ? path.slice(1).join(' → ') : `${name} ${version}`;
}

/** Returns the locked version, or else the exactly declared one. */
function versionOf(target: HoverTarget): string | undefined {
  const { entry } = target;
  if (entry !== undefined) return entry.source === 'registry' ? entry.version?.value : undefined;
  return declaredVersion(target);
}

/** Returns the version that is declared exactly; undefined for a range. */
export function declaredVersion({ declared, means, name }: HoverTarget): string | undefined {
  const text = means?.declared ?? declared;
  const plain = text === undefined ? undefined : plainOf(readSpecifier(name, text));
  return plain?.type === 'version' ? (semver.valid(plain.range) ?? undefined) : undefined;
}

function describeFix(own: readonly Advisory[], fix: KnownFix): string {
  if (fix.state === 'none') return 'no fix known';
  if (fix.state === 'unknown') return 'fixed version unknown';
  const left = own.filter((advisory) => advisory.affects(fix.version) !== 'no');
  return left.length === 0 ? `fixed in ${fix.version}` : `${fix.version} ${fixesAll(left)}`;
}

/** Returns the sources that know of a package, and why they are not enough to call its version clean. */
export function advisorySources(
  project: Project,
  { sources }: Advisories,
  {
    name,
    version,
    now,
  }: { readonly name: string; readonly version: string | undefined; readonly now: number },
): Pick<AdvisoryFacts, 'used' | 'gap' | 'gapOfTaken'> {
  // The public registry is not asked about a private package, and public data is about others with its name.
  const isOwn = ({ source, host }: AdvisorySourceState) => source === 'registry' && host !== undefined;
  const isOfOthers = isPrivate(name, project);
  // Another registry of the project has nothing to say about it.
  const address = parseWebUrl(project.npmConfig.registryFor(name).url);
  const isAsked = ({ source, host }: AdvisorySourceState) =>
    source !== 'registry' || host === undefined || address === undefined || host === hostAndPort(address);
  const counting = sources.filter((source) => isAsked(source) && (!isOfOthers || isOwn(source)));
  const used = describeUsedSources(counting, now);
  const missing = describeMissingSources(counting);
  if (used === undefined) {
    const why = isOfOthers
      ? 'public advisories do not apply to a private package'
      : 'no advisory data on this machine';
    return { used, gap: missing ?? why };
  }
  if (version !== undefined) return { used, gap: missing };
  return { used, gap: 'no single version is locked or declared', gapOfTaken: missing };
}
