import { createHash } from 'node:crypto';
import semver from 'semver';
import type { Rule } from '../../server/src/core/judge/check/rule.ts';
import { readSpecifier } from '../../server/src/core/read/manifest/read-specifier.ts';
import { parseWorkspace, TEST_REGISTRY } from '../workspace.ts';

/** A package as an example locks it. */
export interface Locked {
  /** What dependents call it. */
  readonly folder: string;
  readonly name: string;
  readonly version: string | undefined;
  /** A URL; undefined where nothing but the registry is meant. */
  readonly resolved: string | undefined;
  readonly integrity: string | undefined;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>> | undefined;
  readonly hasInstallScript: boolean;
  /** The name of the package that has it in its own node_modules. */
  readonly inside: string | undefined;
}

/** A project in no format: what its manifest declares, and what is locked. */
export interface ExampleProject {
  readonly manifest: Readonly<Record<string, unknown>>;
  /** What the lockfile says that the project declares. */
  readonly declared: Readonly<Record<string, string>>;
  readonly locked: readonly Locked[];
  /** The other files. */
  readonly files: ReadonlyMap<string, string>;
}

/** A project in which a rule has something to report, and what that is compared with. */
export interface Example {
  readonly project: ExampleProject;
  /** What the lockfile was in the commit that is compared with. */
  readonly base?: ExampleProject | undefined;
  /** What registries have, by name. */
  readonly registry?: Readonly<Record<string, object>> | undefined;
  /** Whether nothing says which package manager is used. */
  readonly isUnpinned?: true;
  /** What happens to the text of the lockfile. */
  damage?(text: string): string;
}

type Packages = Readonly<Record<string, Record<string, unknown>>>;

const LOCK = 'package-lock.json';

/**
 * Returns the example of a rule's documentation as a project in no format. An example without a lockfile of a rule that judges
 * lockfiles becomes one in which a package has the dependencies, and which are new since the base.
 */
export function exampleOf({ docs: { bad, base, registry }, check }: Rule): Example | undefined {
  const { files } = parseWorkspace(bad);
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

/** Undefined for a text that is no lockfile with `packages`. */
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
        hasInstallScript: entry.hasInstallScript === true,
        inside: names.at(-2),
      },
    ];
  });
  const { dependencies, devDependencies } = packages[''] ?? {};
  return { declared: { ...(dependencies as object), ...(devDependencies as object) }, locked };
}

/** What a package manager would lock for a declaration, of what the registry has. */
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

/** Some hash that is always the same for the same text. */
export function hashOf(text: string): string {
  return `sha512-${createHash('sha512').update(text).digest('base64')}`;
}
