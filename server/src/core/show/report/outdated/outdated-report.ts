import { ADVICE_FOR } from '../../../judge/check/advice-for.ts';
import { type Coverage, type CoverageGap, coverageWith } from '../../../judge/check/coverage.ts';
import { type CoveredFile, fileGap, unreadSources } from '../../../judge/check/file-gap.ts';
import type { KnownVulnerabilities } from '../../../judge/exposure/known-against.ts';
import { type DeclaredRange, declaredRanges, updatableRanges } from '../../../judge/remedy/declared-range.ts';
import type { PassedOver } from '../../../judge/remedy/newest-allowed.ts';
import { type RangeUpdate, updatesOf } from '../../../judge/remedy/range-updates.ts';
import { type HeldVersion, offerContext, updateOffer } from '../../../judge/remedy/update-offer.ts';
import type { Advisories } from '../../../know/advisory/advisories.ts';
import type { Fact, UnavailableReason } from '../../../know/registry/documents/fact.ts';
import type { Packument } from '../../../know/registry/documents/packument.ts';
import { type UpdateLevel, updateLevel } from '../../../know/registry/releases/update-level.ts';
import type { CheckedFile } from '../../../read/project/checked-file.ts';
import { ignoredUpdates } from '../../../read/project/manager/ignored-updates.ts';
import type { Project } from '../../../read/project/project.ts';
import { compareText } from '../../../read/text/compare-text.ts';
import { relativeUri, type Uri } from '../../../read/text/paths/uri.ts';
import { describeCooldown } from '../../features/describe-cooldown.ts';

/** A dependency with a newer version that may be installed now. */
export interface OutdatedPackage {
  readonly name: string;
  /** The package requested from the registry. */
  readonly target: string;
  /** The file that declares it, relative to the directory; the catalog's for a catalog entry. */
  readonly path: string;
  readonly declared: string;
  /** Undefined if it is not locked. */
  readonly current: string | undefined;
  /** The latest in the declared range; the version in use if there is no newer one. */
  readonly wanted: string;
  /** The latest version that may be installed now. */
  readonly latest: string;
  /** The version tagged `latest`, if it is a different one, and why it is skipped. */
  readonly passedOver: PassedOver | undefined;
  readonly level: UpdateLevel;
  /** Those of `wanted` and `latest` with known vulnerabilities. */
  readonly vulnerable: readonly ({ readonly version: string } & KnownVulnerabilities)[];
}

/** A version newer than all that may be installed now. */
export interface WaitingVersion extends HeldVersion {
  readonly target: string;
  /** "the cooldown of 3 days (min-release-age in .npmrc)" */
  readonly coolDown: string;
}

/** A package that may be outdated, or of which no current data is known. */
export interface UncheckedPackage {
  readonly target: string;
  readonly reason: UnavailableReason;
  readonly detail: string;
  /** The age of the last known data, in milliseconds since 1970; such a package is judged by it. */
  readonly asOf: number | undefined;
}

export interface OutdatedReport {
  /** Whether no project has a comparable manifest. */
  readonly hasNoManifest: boolean;
  /** The number of declared packages. */
  readonly packages: number;
  readonly outdated: readonly OutdatedPackage[];
  /** Keys of dependencies that the package manager is configured to leave alone, which are not judged. */
  readonly ignored: readonly string[];
  readonly waiting: readonly WaitingVersion[];
  readonly notChecked: readonly UncheckedPackage[];
  /** The updates offered for each range, smallest first. */
  readonly updates: readonly OfferedUpdates[];
  /**
   * Manifests and lockfiles that were not read completely, so that some declared or locked packages may not be judged.
   */
  readonly unread: readonly CoverageGap[];
}

export interface OfferedUpdates {
  readonly project: Project;
  readonly updates: readonly RangeUpdate[];
}

export interface OutdatedSource {
  readonly project: Project;
  readonly statuses: readonly CoveredFile[];
  readonly files: Iterable<CheckedFile>;
  packument(name: string): Fact<Packument>;
  readonly advisories?: Advisories;
}

/** @param now milliseconds since 1970 */
export function outdatedReport(sources: readonly OutdatedSource[], root: Uri, now: number): OutdatedReport {
  const packages = new Set<string>();
  const outdated: OutdatedPackage[] = [];
  const waiting = new Map<string, WaitingVersion>();
  const notChecked = new Map<string, UncheckedPackage>();
  const ignored = new Set<string>();
  const updates: OfferedUpdates[] = [];
  const statuses = new Map<Uri, CoveredFile>();
  for (const { project, files, statuses: own, packument, advisories } of sources) {
    for (const file of own) statuses.set(file.uri, file);
    const context = offerContext(project, now, advisories);
    for (const name of ignoredIn(project, files)) ignored.add(name);
    for (const range of rangesToAsk(project, files)) {
      const { target } = range;
      packages.add(target);
      const fact = packument(target);
      const gap = gapOf(target, fact);
      if (gap !== undefined) notChecked.set(target, gap);
      const lack = fact.state === 'ready' ? lackOf(fact.value) : undefined;
      if (lack !== undefined) notChecked.set(target, { target, ...lack });
      if (lack === NO_VERSIONS) continue;
      const offer = fact.state === 'ready' ? updateOffer(range, fact.value, context) : undefined;
      if (fact.state !== 'ready') continue;
      if (offer === undefined) {
        notChecked.set(target, { target, ...NOT_LOCKED });
        continue;
      }
      const { held, current, inRange, latest } = offer;
      if (held?.because === 'waits') {
        waiting.set(`${target} ${held.version}`, {
          target,
          ...held,
          coolDown: describeCooldown(project, context.coolDown),
        });
      } else if (held !== undefined) {
        notChecked.set(target, { target, ...NO_TIMES });
      }
      updates.push({ project, updates: updatesOf(range, offer) });
      const newest = latest ?? inRange;
      if (newest === undefined) continue;
      outdated.push({
        ...{ target, name: range.name, declared: range.declared, current: range.locked },
        path: relativeUri(root, range.uri),
        wanted: inRange ?? current,
        latest: newest,
        passedOver: latest === undefined ? undefined : offer.passedOver,
        level: updateLevel(current, newest),
        vulnerable: [...new Set([inRange, newest])].flatMap((version) => {
          const known = version === undefined ? undefined : offer.vulnerable.get(version);
          return known === undefined ? [] : [{ version: version!, ...known }];
        }),
      });
    }
  }
  return {
    hasNoManifest: sources.every(({ project, files }) => {
      return project.rootManifest === undefined && ![...files].some(({ kind }) => kind === 'manifest');
    }),
    packages: packages.size,
    outdated: outdated.sort((a, b) => compareText(a.path, b.path) || compareText(a.name, b.name)),
    ignored: [...ignored].sort(compareText),
    updates,
    waiting: [...waiting.values()].sort((a, b) => compareText(a.target, b.target)),
    notChecked: [...notChecked.values()].sort((a, b) => compareText(a.target, b.target)),
    unread: unreadSources([...statuses.values()])
      .flatMap((file) => fileGap(file, relativeUri(root, file.uri)) ?? [])
      .sort((a, b) => compareText(a.subject, b.subject)),
  };
}

/** Returns how completely the declared packages were checked, with gaps for unknown packages and unread files. */
export function outdatedCoverage({ notChecked, unread }: OutdatedReport): Coverage {
  const packages = notChecked.map(({ target, reason, detail, asOf }): CoverageGap => {
    const state = asOf === undefined ? 'not-checked' : 'partly';
    return {
      ...{ kind: 'package', state, reason, subject: target, detail },
      ...{ advice: reason === 'not-provided' ? ASK_ANOTHER : ADVICE_FOR[reason], packages: [target] },
    };
  });
  return coverageWith([...unread, ...packages]);
}

const ASK_ANOTHER = 'look the package up, or use a registry that provides all of it';

/** Returns what a packument lacks to determine the latest version. */
function lackOf({ versions, distTags }: Packument): Omit<UncheckedPackage, 'target'> | undefined {
  if (versions.size === 0) return NO_VERSIONS;
  const latest = distTags.get('latest');
  return latest !== undefined && versions.has(latest) ? undefined : NO_LATEST;
}

/** Returns the ranges to request; catalog entries once, at their own place, for all references. */
export function rangesToAsk(project: Project, files: Iterable<CheckedFile>): readonly DeclaredRange[] {
  return [...files].flatMap((file) =>
    updatableRanges(project, file).filter(
      ({ uri, valueSpan, token }) =>
        token === undefined || (token.uri === uri && token.span.start === valueSpan.start),
    ),
  );
}

function ignoredIn(project: Project, files: Iterable<CheckedFile>): readonly string[] {
  const isIgnored = ignoredUpdates(project);
  const names = [...files].flatMap((file) => declaredRanges(project, file).map(({ name }) => name));
  return names.filter(isIgnored);
}

const NOT_LOCKED = {
  reason: 'not-provided',
  detail: 'it is not locked, and its range names no version',
  asOf: undefined,
} as const;

const NO_VERSIONS = {
  reason: 'not-provided',
  detail: 'its registry lists no versions of it',
  asOf: undefined,
} as const;

const NO_LATEST = {
  reason: 'not-provided',
  detail: 'its registry gives no latest version',
  asOf: undefined,
} as const;

const NO_TIMES = {
  reason: 'not-provided',
  detail: 'its registry gives no publication times',
  asOf: undefined,
} as const;

function gapOf(target: string, fact: Fact<Packument>): UncheckedPackage | undefined {
  switch (fact.state) {
    case 'ready': {
      const why = fact.notRefreshed;
      return why && { target, reason: why.reason, detail: why.detail, asOf: fact.asOf };
    }
    case 'pending':
      return { target, reason: 'failed', detail: 'no answer from its registry', asOf: undefined };
    case 'absent':
      return { target, reason: 'not-provided', detail: 'its registry has no such package', asOf: undefined };
    case 'unavailable':
      return { target, reason: fact.reason, detail: fact.detail, asOf: undefined };
  }
}
