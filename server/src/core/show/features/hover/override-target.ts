import semver from 'semver';
import { catalogAskedFor } from '../../../read/config/catalog-line.ts';
import type { LockEntry, Lockfile } from '../../../read/lockfile/model/lockfile.ts';
import { managerTitle } from '../../../read/manager/manager-title.ts';
import { specOf } from '../../../read/manager/managers.ts';
import { parseNestedSelector } from '../../../read/manager/override-selector.ts';
import type { Manifest } from '../../../read/manifest/manifest.ts';
import { readSpecifier, targetOf } from '../../../read/manifest/read-specifier.ts';
import type { Specifier } from '../../../read/manifest/specifier.ts';
import type { CheckedFile } from '../../../read/project/checked-file.ts';
import type { OverrideEntry } from '../../../read/project/overrides/overrides.ts';
import type { Project } from '../../../read/project/project.ts';
import { type Span, touches } from '../../../read/text/span.ts';
import { namesAndMore } from '../../../read/text/words/words.ts';
import { describeSpecifier } from './elsewhere.ts';
import type { HoverTarget } from './hover-target.ts';

const MOST_VERSIONS = 5;

/** Returns the package that a line of `overrides` or `resolutions` decides about, with its locked version. */
export function overrideTarget(project: Project, file: CheckedFile, offset: number): HoverTarget | undefined {
  const { entries } = project.overrides;
  for (const [at, entry] of entries.entries()) {
    const place = project.overridePlaces[at];
    if (entry.uri !== file.uri || place === undefined) continue;
    const span = [place.keySpan, place.valueSpan].find((token) => touches(token, offset));
    if (span === undefined) continue;
    const range = { start: place.keySpan.start, end: place.valueSpan.end };
    return targetOfOverride(project, entry, { span, range });
  }
  return file.kind === 'manifest' ? parentTarget(project, file, offset) : undefined;
}

function targetOfOverride(
  project: Project,
  entry: OverrideEntry,
  spans: Pick<HoverTarget, 'span' | 'range'>,
): HoverTarget | undefined {
  const { selector, declared, effective, counts } = entry;
  if (selector === undefined) return undefined;
  const { name } = selector.target;
  const specifier = readSpecifier(name, effective ?? declared);
  const target = targetOf(name, specifier);
  const locked = lockedOf(project.lockfile, target, rangeOf(specifier));
  const below = selector.parents.at(-1)?.name;
  return {
    ...spans,
    name,
    target,
    declared,
    means: meansOf(project, entry),
    kinds: [
      below === undefined ? 'an override' : `an override below ${below}`,
      ...(counts ? [] : [`not read by ${managerTitle(project.manager.name)}`]),
      ...locked.kinds,
    ],
    entry: locked.entry,
    elsewhere: describeSpecifier(specifier, effective ?? declared),
  };
}

/** Returns the range of versions that a specifier selects from a registry. */
function rangeOf(specifier: Specifier): string | undefined {
  if (specifier.type === 'alias') return rangeOf(specifier.inner);
  return specifier.type === 'version' || specifier.type === 'range' ? specifier.range : undefined;
}

function meansOf({ manager }: Project, { declared, effective }: OverrideEntry): HoverTarget['means'] {
  if (effective !== undefined && effective === specOf(manager).overrides.removal) {
    return { declared: 'nothing', because: 'it removes the dependency' };
  }
  if (effective === declared) return undefined;
  const because =
    catalogAskedFor(declared) === undefined ? 'as the root declares it' : 'as the catalog has it';
  return { declared: effective ?? 'nothing', because };
}

/** Returns the target of a key in npm's `overrides` that has nested keys. */
function parentTarget(project: Project, { overrides }: Manifest, offset: number): HoverTarget | undefined {
  for (const { path } of overrides) {
    const at = path.findIndex(({ span }) => touches(span, offset));
    if (at === -1 || at === path.length - 1) continue;
    const name = parseNestedSelector(path.slice(0, at + 1).map(({ value }) => value))?.target.name;
    if (name === undefined) return undefined;
    const span: Span = path[at]!.span;
    const { entry, kinds } = lockedOf(project.lockfile, name, undefined);
    return {
      ...{ span, range: span, name, target: name, declared: undefined, entry, elsewhere: undefined },
      kinds: ['with overrides below it', ...kinds],
    };
  }
  return undefined;
}

/** Returns the locked version in the range, or else the first; the others are mentioned beside it. */
function lockedOf(
  lockfile: Lockfile | undefined,
  name: string,
  range: string | undefined,
): { readonly entry: LockEntry | undefined; readonly kinds: readonly string[] } {
  const byVersion = new Map<string | undefined, LockEntry>();
  for (const entry of lockfile?.entries ?? []) {
    if (entry.name === name && !byVersion.has(entry.version?.value))
      byVersion.set(entry.version?.value, entry);
  }
  const all = [...byVersion.values()];
  const fits = ({ version }: LockEntry) =>
    range !== undefined && version !== undefined && semver.satisfies(version.value, range);
  const entry = all.find(fits) ?? all[0];
  const others = all.filter((each) => each !== entry).map(({ version }) => version?.value ?? '?');
  if (others.length === 0) return { entry, kinds: [] };
  return { entry, kinds: [`beside ${namesAndMore(others, MOST_VERSIONS)}`] };
}
