import semver from 'semver';
import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { plainOf } from '../../read/manifest/plain-specifier.ts';
import type { Specifier } from '../../read/manifest/specifier.ts';
import type { Meaning } from '../../read/project/meaning-of.ts';
import { wouldBeChosen } from '../check/selected-versions.ts';
import { type AdvisoryKind, isOfKind } from './advisory-kind.ts';
import { affectingIn, reportsIn } from './affecting.ts';
import type { ExposureContext, TakenBy, TakenPackages } from './exposed-place.ts';
import { isWithinRange } from './is-within-range.ts';
import { unlockedPackages } from './packages.ts';

/**
 * Checks whether the locked package satisfies the declaration, which fails while an edited manifest is ahead of its
 * lockfile.
 */
export function isTaken(entry: LockEntry, target: string, specifier: Specifier): boolean {
  const inner = plainOf(specifier);
  if (inner === undefined) return true;
  const version = entry.version?.value;
  if (entry.source !== 'registry' || entry.name !== target || version === undefined) return false;
  return inner.type === 'tag' || isWithinRange(version, inner.range);
}

/** Checks whether any advisories of the kind name a package. */
export function mayBeAffected(
  { project, advisories }: ExposureContext,
  kind: AdvisoryKind,
): (name: string) => boolean {
  const reportsOf = reportsIn(project, advisories);
  return (name) => reportsOf(name).some((each) => isOfKind(each, kind));
}

/**
 * Returns the exposure of a declared package that is not locked: by its exact version, or what would be chosen now if
 * the packument is known. If nothing is locked at all, by the highest known version in the range, or the first one for
 * malware.
 */
export function unlockedExposure(
  { target, specifier, declared }: Pick<Meaning, 'target' | 'specifier' | 'declared'>,
  context: ExposureContext,
  kind: AdvisoryKind,
): TakenPackages | undefined {
  const { project, advisories } = context;
  const inner = plainOf(specifier);
  if (inner === undefined || declared === undefined) return undefined;
  const taken =
    inner.type === 'version'
      ? { version: semver.valid(inner.range) ?? undefined, by: 'exact' as const }
      : openVersion(inner, target, declared, context, kind);
  if (taken?.version === undefined) return undefined;
  const { version, by } = taken;
  const found = affectingIn(project, advisories)(target, version).filter((each) => isOfKind(each, kind));
  if (found.length === 0) return undefined;
  return unlockedPackages(target, version, by, found);
}

function openVersion(
  inner: NonNullable<ReturnType<typeof plainOf>>,
  target: string,
  declared: string,
  context: ExposureContext,
  kind: AdvisoryKind,
): { readonly version: string | undefined; readonly by: TakenBy } | undefined {
  const { lockfile, lockfiles } = context.project;
  // The content of an unreadable lockfile is unknown.
  if (lockfile === undefined && lockfiles.length > 0) return undefined;
  const fact = context.facts.unreachable === undefined ? context.facts.packument(target) : undefined;
  if (fact?.state === 'ready') {
    const version =
      inner.type === 'tag'
        ? fact.value.distTags.get(inner.tag)
        : wouldBeChosen(inner.range, fact.value, context);
    return { version, by: 'chosen' };
  }
  if (lockfile !== undefined || inner.type === 'tag') return undefined;
  const lowest = semver.minVersion(inner.range)?.version;
  // `*` and `1.x` start with versions that are not written out and may not exist.
  const written = lowest !== undefined && declared.includes(lowest) ? lowest : undefined;
  if (kind === 'malware') return { version: written, by: 'lowest' };
  return { version: highestKnown(inner.range, target, written, context), by: 'highest' };
}

/**
 * Returns the highest known version in a range, which package managers choose. Versions that advisories name as fixed
 * exist.
 */
function highestKnown(
  range: string,
  name: string,
  written: string | undefined,
  { project, advisories }: ExposureContext,
): string | undefined {
  const named = reportsIn(project, advisories)(name).flatMap(({ fixedIn }) => fixedIn);
  const known = written === undefined ? named : [...named, written];
  return (
    semver.maxSatisfying(
      known.filter((version) => semver.valid(version) !== null),
      range,
    ) ?? undefined
  );
}
