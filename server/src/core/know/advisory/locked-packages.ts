import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import { plainOf } from '../../read/manifest/plain-specifier.ts';

/** Versions by the name of the package, both sorted. */
export type PackageVersions = ReadonlyMap<string, readonly string[]>;

const known = new WeakMap<Lockfile, PackageVersions>();

/** Returns what a lockfile installs from registries. Computed once, because an edited lockfile is a new object. */
export function lockedPackages(lockfile: Lockfile): PackageVersions {
  let packages = known.get(lockfile);
  if (packages === undefined) {
    const found = new Map<string, Set<string>>();
    for (const { name, version, source } of lockfile.entries) {
      if (source !== 'registry' || version === undefined) continue;
      add(found, name, version.value);
    }
    packages = sorted(found);
    known.set(lockfile, packages);
  }
  return packages;
}

/** Returns, for a project without a lockfile, the versions that its manifests pin exactly. */
export function declaredPackages(manifests: Iterable<Manifest>): PackageVersions {
  const found = new Map<string, Set<string>>();
  for (const manifest of manifests) {
    for (const [name, version] of exactVersions(manifest)) add(found, name, version);
  }
  return sorted(found);
}

const exact = new WeakMap<Manifest, readonly (readonly [name: string, version: string])[]>();

function exactVersions(manifest: Manifest): readonly (readonly [name: string, version: string])[] {
  let versions = exact.get(manifest);
  if (versions === undefined) {
    versions = manifest.dependencies.flatMap(({ target, specifier }) => {
      const plain = plainOf(specifier);
      return plain?.type === 'version' ? [[target, plain.range] as const] : [];
    });
    exact.set(manifest, versions);
  }
  return versions;
}

function add(found: Map<string, Set<string>>, name: string, version: string): void {
  const versions = found.get(name);
  if (!VERSION.test(version)) return;
  if (versions === undefined) found.set(name, new Set([version]));
  else versions.add(version);
}

/** The form of registries, so that nothing else in a file is ever sent. */
const VERSION = /^\d{1,16}\.\d{1,16}\.\d{1,16}(?:[-+][0-9A-Za-z.+-]{1,200})?$/;

function sorted(found: ReadonlyMap<string, ReadonlySet<string>>): PackageVersions {
  const names = [...found.keys()].sort();
  return new Map(names.map((name) => [name, [...found.get(name)!].sort()]));
}
