import { createHash } from 'node:crypto';
import semver from 'semver';
import type { Rule } from '../../server/src/core/judge/check/rule.ts';
import { readSpecifier } from '../../server/src/core/read/manifest/read-specifier.ts';
import { parseWorkspace, TEST_REGISTRY } from '../workspace.ts';

/** A package as locked in an example. */
export interface Locked {
  /** The name in dependents. */
  readonly folder: string;
  readonly name: string;
  readonly version: string | undefined;
  /** A URL; undefined for the usual one. */
  readonly resolved: string | undefined;
  readonly integrity: string | undefined;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>> | undefined;
  readonly engines?: Readonly<Record<string, string>> | undefined;
  readonly hasInstallScript: boolean;
  /** The name of the package that has it in its own node_modules. */
  readonly inside: string | undefined;
}

/** A project without a format: the manifest's declarations and the locked packages. */
export interface ExampleProject {
  readonly manifest: Readonly<Record<string, unknown>>;
  /** The project's declarations according to the lockfile. */
  readonly declared: Readonly<Record<string, string>>;
  readonly locked: readonly Locked[];
  readonly files: ReadonlyMap<string, string>;
}

/** A project in which a rule reports something, and its base. */
export interface Example {
  readonly project: ExampleProject;
  /** The lockfile in the base commit. */
  readonly base?: ExampleProject | undefined;
  /** The registries' documents, by name. */
  readonly registry?: Readonly<Record<string, object>> | undefined;
  /** Whether nothing specifies the package manager. */
  readonly isUnpinned?: true;
  /** Changes the text of the lockfile. */
  damage?(text: string): string;
}

type Packages = Readonly<Record<string, Record<string, unknown>>>;

const LOCK = 'package-lock.json';

/**
 * Returns the example of a rule's documentation as a project without a format. The example of a rule about lockfiles
 * that has no lockfile becomes one in which a package has the dependencies, new since the base.
 */
export function exampleOf({ docs: { bad, base, registry }, check }: Rule): Example | undefined {
  // A rule about commands judges those of one package manager, whatever the format.
  if (Object.keys(check).every((kind) => kind === 'automation')) return undefined;
  const { files } = parseWorkspace(bad);
  // test/installed compares what package managers really install.
  if ([...files.keys()].some((path) => path.startsWith('node_modules/.'))) return undefined;
  const manifest = JSON.parse(files.get('package.json') ?? '{}') as Record<string, unknown>;
  const others = new Map([...files].filter(([path]) => path !== LOCK && path !== 'package.json'));
  const text = files.get(LOCK);
  if (text !== undefined) {
    const packages = packagesOf(text);
    if (packages === undefined) return undefined;
    const earlier = base === undefined ? undefined : packagesOf(base);
    const of = (locked: Packages) => ({ manifest, files: others, ...lockedIn(locked) });
    return { project: of(packages), base: earlier === undefined ? undefined : of(earlier), registry };
  }
  if (check.lockfile === undefined) return undefined;
  const dependencies = {
    ...(manifest.dependencies as Record<string, string> | undefined),
    ...(manifest.devDependencies as Record<string, string> | undefined),
  };
  const brought = Object.entries(dependencies).map(([name, range]) =>
    lockedFor(name, range, registry?.[name]),
  );
  const declared = { [CARRIER]: '^1.0.0' };
  const carrier = lockedFor(CARRIER, '1.0.0');
  const common = { manifest: { name: 'shop', dependencies: declared }, declared, files: others };
  return {
    project: { ...common, locked: [{ ...carrier, dependencies }, ...brought] },
    base: { ...common, locked: [carrier] },
    registry,
  };
}

const CARRIER = 'carrier-of-the-example';

/** Returns undefined for a text that is not a lockfile with `packages`. */
function packagesOf(text: string): Packages | undefined {
  try {
    return (JSON.parse(text) as { readonly packages?: Packages }).packages;
  } catch {
    return undefined;
  }
}

function lockedIn(packages: Packages): Pick<ExampleProject, 'declared' | 'locked'> {
  const locked = Object.entries(packages).flatMap(([path, entry]): Locked[] => {
    if (path === '') return [];
    const names = path.split(/(?:^|\/)node_modules\//).slice(1);
    const folder = names.at(-1)!;
    const text = (key: string) => entry[key] as string | undefined;
    return [
      {
        folder,
        name: text('name') ?? folder,
        version: text('version'),
        resolved: text('resolved'),
        integrity: text('integrity'),
        dependencies: (entry.dependencies ?? {}) as Record<string, string>,
        optionalDependencies: (entry.optionalDependencies ?? {}) as Record<string, string>,
        bin: entry.bin as Record<string, string> | undefined,
        engines: entry.engines as Record<string, string> | undefined,
        hasInstallScript: entry.hasInstallScript === true,
        inside: names.at(-2),
      },
    ];
  });
  const { dependencies, devDependencies } = packages[''] ?? {};
  return { declared: { ...(dependencies as object), ...(devDependencies as object) }, locked };
}

/** Returns what a package manager would lock for a declaration, from the registry's versions. */
export function lockedFor(folder: string, declared: string, document?: object): Locked {
  const specifier = readSpecifier(folder, declared);
  const nothing = { dependencies: {}, optionalDependencies: {}, bin: undefined, hasInstallScript: false };
  const common = { folder, name: folder, ...nothing, inside: undefined };
  if (specifier.type === 'git') {
    const resolved = /#[\da-f]{40}$/.test(declared)
      ? declared.replace(/^github:([^#]+)/, 'git+ssh://git@github.com/$1.git')
      : `git+ssh://git@github.com/${declared.replace(/^github:|#.*$/g, '')}.git#${'0123456789'.repeat(4)}`;
    return { ...common, version: '1.0.0', resolved, integrity: undefined };
  }
  const name = specifier.type === 'alias' ? specifier.target : folder;
  const range = specifier.type === 'alias' ? declared.slice(declared.lastIndexOf('@') + 1) : declared;
  const versions = Object.keys((document as { readonly versions?: object } | undefined)?.versions ?? {});
  const version =
    semver.maxSatisfying(versions, range) ??
    semver.valid(range) ??
    semver.minVersion(range)?.version ??
    '1.0.0';
  const bare = name.slice(name.indexOf('/') + 1);
  const resolved = `${TEST_REGISTRY}${name}/-/${bare}-${version}.tgz`;
  return { ...common, name, version, resolved, integrity: hashOf(`${name}@${version}`) };
}

/** Returns a hash that is always the same for the same text. */
export function hashOf(text: string): string {
  return `sha512-${createHash('sha512').update(text).digest('base64')}`;
}
