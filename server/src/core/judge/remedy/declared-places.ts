import { plainOf } from '../../read/manifest/plain-specifier.ts';
import { readManifest } from '../../read/manifest/read-manifest.ts';
import type { Project } from '../../read/project/project.ts';
import { groupBy } from '../../read/text/group-by.ts';
import { onForgetLatest } from '../../read/text/latest.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import { satisfies } from '../../read/text/satisfies.ts';
import type { BadPackage, RemedyContext } from './bad-package.ts';
import { type DeclaredRange, declaredRanges } from './declared-range.ts';

/**
 * Returns the places where the project declares a package and selects this version of it: in the manifests of the root
 * and its members, or in a catalog they refer to.
 */
export function declaredPlaces(
  context: RemedyContext,
  { name, version }: BadPackage,
): readonly DeclaredRange[] {
  return placesOf(context, name).filter((range) => takes(range, version));
}

/**
 * Checks whether the project declares the package, but nowhere in a range that admits this version, i.e. a lockfile
 * that has it is outdated.
 */
export function declaresOthersOnly(context: RemedyContext, { name, version }: BadPackage): boolean {
  const ranges = placesOf(context, name).map(({ specifier }) => plainOf(specifier));
  return (
    ranges.length > 0 &&
    ranges.every((inner) => inner !== undefined && inner.type !== 'tag' && !admits(inner.range, version))
  );
}

function placesOf({ project, text }: RemedyContext, name: string): readonly DeclaredRange[] {
  if (latest?.project !== project) latest = { project, uris: manifestsOf(project), files: new Map() };
  const { uris, files } = latest;
  const places: DeclaredRange[] = [];
  for (const uri of uris) {
    const written = text(uri);
    if (written === undefined) continue;
    const known = files.get(uri);
    // Most names are known to be absent from a file that was read before.
    if (known?.written === written && !known.byTarget.has(name)) continue;
    if (!(mayDeclare(written, name) || mayRefer(written))) continue;
    const file =
      known?.written === written ? known : { written, byTarget: rangesByTarget(project, uri, written) };
    files.set(uri, file);
    places.push(...(file.byTarget.get(name) ?? []));
  }
  return places;
}

/**
 * Cached for the last project: a report asks for fixes of hundreds of versions, and of the packages that pull in each.
 */
let latest:
  | {
      readonly project: Project;
      readonly uris: readonly Uri[];
      readonly files: Map<Uri, { readonly written: string; readonly byTarget: RangesByTarget }>;
    }
  | undefined;
onForgetLatest(() => {
  latest = undefined;
});

type RangesByTarget = ReadonlyMap<string, readonly DeclaredRange[]>;

function manifestsOf({ members, rootManifest }: Project): readonly Uri[] {
  return [...new Set([...members.keys(), ...(rootManifest ? [rootManifest.uri] : [])])];
}

function rangesByTarget(project: Project, uri: Uri, written: string): RangesByTarget {
  const manifest = uri === project.rootManifest?.uri ? project.rootManifest : readManifest(uri, written);
  const own = declaredRanges(project, manifest).filter((range) => range.uri === uri);
  return groupBy(own, ({ target }) => target);
}

/** Checks for the name as a key or target of an alias, or escapes that may hide it. */
function mayDeclare(text: string, name: string): boolean {
  return text.includes(name) || text.includes('\\');
}

/** Checks for a catalog, which may contain an alias. */
function mayRefer(text: string): boolean {
  return text.includes('catalog:');
}

/** Checks whether the version is locked, or whether no matching version is locked and the range admits it. */
function takes({ specifier, locked }: DeclaredRange, version: string): boolean {
  const inner = plainOf(specifier);
  if (inner === undefined) return false;
  if (inner.type === 'tag') return locked === version;
  if (locked !== undefined && admits(inner.range, locked)) return locked === version;
  return admits(inner.range, version);
}

/** Checks whether a range admits a version, including prereleases. */
export function admits(range: string, version: string): boolean {
  return satisfies(version, range, { includePrerelease: true });
}
