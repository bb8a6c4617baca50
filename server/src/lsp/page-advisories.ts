import { isPrivate } from '../core/judge/check/selected-versions.ts';
import { affectingIn, reportsIn } from '../core/judge/exposure/affecting.ts';
import { clearingVersion } from '../core/judge/exposure/clearing-version.ts';
import { lockExposure } from '../core/judge/exposure/lock-exposure.ts';
import type { LockEntry } from '../core/read/lockfile/model/lockfile.ts';
import { dayOf } from '../core/read/policy-file/day.ts';
import { ignoredFacts } from '../core/show/features/hover/ignored-facts.ts';
import type { PageAdvisories } from '../core/show/report/package-page/package-input.ts';
import type { PackageSubject } from './package-subject.ts';

interface PageVersion {
  readonly version: string | undefined;
  /** The locked package of that version. */
  readonly own: LockEntry | undefined;
  readonly now: number;
}

/** Collects what advisories know of the version that a page is about, and of what it pulls in. */
export function pageAdvisories(
  { owner: { project, advisories }, name, elsewhere }: PackageSubject,
  { version, own: entry, now }: PageVersion,
): PageAdvisories {
  const isServed = elsewhere === undefined;
  const all = isServed ? reportsIn(project, advisories)(name) : [];
  const own = version === undefined || !isServed ? [] : affectingIn(project, advisories)(name, version);
  const { lockfile } = project;
  const pulledIn =
    entry === undefined || entry.version?.value !== version || lockfile === undefined
      ? []
      : lockExposure(project, lockfile, advisories).introducedBy(undefined, name, entry);
  const target = { name, target: name, entry };
  const at = lockfile?.uri ?? project.root;
  return {
    affecting: own,
    undecided: version === undefined ? [] : all.filter((each) => each.affects(version) === 'unknown'),
    pulledIn,
    ignored: ignoredFacts(project, target, { own, pulledIn }, at, dayOf(now)),
    all,
    sources: advisories.sources,
    isPrivate: isPrivate(name, project),
    fixedIn: version === undefined ? undefined : clearingVersion(advisories, name, version),
  };
}
