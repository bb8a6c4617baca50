import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { inFolder, type LockfileProject, lockfileText, manifestTexts } from './lockfile-project.ts';
import { isImporter, type NormalEdge, type NormalGraph, type NormalPackage } from './normal-form.ts';
import { addedBy, extensionsOf } from './yarn-extensions.ts';
import { berryIdOf, withoutPatched } from './yarn-oracle.ts';

interface Answer {
  readonly value: string;
  readonly children: {
    readonly Version: string;
    readonly Dependencies?: readonly Resolution[];
    readonly 'Peer dependencies'?: readonly Resolution[];
  };
}

interface Resolution {
  readonly descriptor: string;
  /** Null if a peer dependency is missing. */
  readonly locator: string | null;
}

/**
 * Returns Yarn's own graph, from `yarn info`. It needs the manifests of the members: one that is missing from the
 * corpus is replaced by its name, which is enough, as Yarn reads a member's dependencies from the lockfile. Edges do
 * not distinguish optional and development dependencies: all are `prod` or `peer`.
 */
export async function berryProjectOracle(project: LockfileProject): Promise<NormalGraph> {
  return inFolder(async (folder) => {
    const lockfileVersion = writeProject(project, folder);
    const require = createRequire(import.meta.url);
    // Yarn 4 resolves older lockfiles again, for which it needs a registry, and Yarn 3 does not read later ones.
    const isThree = Number(lockfileVersion) === 6;
    const yarn = require.resolve(
      isThree ? '@yarnpkg/cli-dist-3/bin/yarn.js' : '@yarnpkg/cli-dist/bin/yarn.js',
    );
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [yarn, 'info', '--all', '--recursive', '--virtuals', '--json'],
      {
        cwd: folder,
        maxBuffer: 2 ** 28,
        env: {
          ...process.env,
          YARN_ENABLE_TELEMETRY: '0',
          YARN_ENABLE_NETWORK: '0',
          YARN_IGNORE_PATH: '1',
          ...(isThree ? {} : { YARN_LOCKFILE_VERSION_OVERRIDE: lockfileVersion }),
        },
      },
    );
    return toGraph(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Answer),
      project,
    );
  });
}

function writeProject(project: LockfileProject, folder: string): string {
  const text = lockfileText(project);
  writeFileSync(join(folder, 'yarn.lock'), text);
  const manifests = manifestTexts(project);
  const members = [...text.matchAll(/^ {2}resolution: "(.*)@workspace:(.*)"$/gm)].map(([, name, path]) => ({
    name,
    path: path === '.' ? '' : path!,
  }));
  for (const { name, path } of members) {
    const { resolutions } = JSON.parse(manifests.get(path) ?? '{}') as { readonly resolutions?: object };
    const manifest =
      path === ''
        ? { name, resolutions, workspaces: members.map((member) => member.path).filter(Boolean) }
        : { name };
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, 'package.json'), JSON.stringify(manifest));
  }
  writeFileSync(join(folder, '.yarnrc.yml'), stringify({ packageExtensions: extensionsOf(project) }));
  return /^ {2}version: (\d+)$/m.exec(text)![1]!;
}

/**
 * Converts the answers to a graph. Instances of a package that differ only in their peers are one package, as in the
 * lockfile. Omits what Yarn adds to the packages of a lockfile: peers on `@types` of their peers and on names that only
 * `peerDependenciesMeta` has, and additions from its own table of extensions. Those from the project's extensions stay.
 */
function toGraph(answers: readonly Answer[], project: LockfileProject): NormalGraph {
  const isDeclared = declaredIn(project);
  const packages = new Map<string, NormalPackage>();
  const edges = new Map<string, NormalEdge>();
  for (const { value, children } of answers) {
    const from = idOf(value);
    if (!isImporter(from)) packages.set(from, { id: from, name: nameOf(value), version: children.Version });
    for (const section of ['Dependencies', 'Peer dependencies'] as const) {
      for (const { descriptor, locator } of children[section] ?? []) {
        const name = nameOf(descriptor);
        const kind = section === 'Dependencies' ? 'prod' : 'peer';
        if (locator === null || !isDeclared(from, kind, name)) continue;
        // A member receives peers from its dependents; these are not the ones of its own code.
        if (kind === 'peer' && isImporter(from)) continue;
        const edge: NormalEdge = { from, to: idOf(locator), name, kind };
        edges.set(JSON.stringify(edge), edge);
      }
    }
  }
  return withoutPatched({ packages: [...packages.values()], edges: [...edges.values()] });
}

/**
 * Returns a check whether the lockfile has the name as a dependency of the package or member, or the project's
 * extensions add it.
 */
function declaredIn(project: LockfileProject): (id: string, kind: 'prod' | 'peer', name: string) => boolean {
  const { parseSyml } = createRequire(import.meta.url)('@yarnpkg/parsers') as {
    parseSyml(text: string): Readonly<Record<string, LockedEntry>>;
  };
  const declared = new Map<string, ReadonlySet<string>>();
  for (const entry of Object.values(parseSyml(lockfileText(project)))) {
    const { resolution, dependencies, peerDependencies } = entry;
    if (resolution === undefined) continue;
    declared.set(`prod ${idOf(resolution)}`, new Set(Object.keys(dependencies ?? {})));
    declared.set(`peer ${idOf(resolution)}`, new Set(Object.keys(peerDependencies ?? {})));
  }
  const extended = extensionsOf(project);
  return (id, kind, name) =>
    declared.get(`${kind} ${id}`)?.has(name) === true || addedBy(extended, nameOf(id))[name] !== undefined;
}

interface LockedEntry {
  readonly resolution?: string;
  readonly dependencies?: object;
  readonly peerDependencies?: object;
}

function nameOf(locator: string): string {
  return locator.slice(0, locator.indexOf('@', 1));
}

function idOf(locator: string): string {
  return berryIdOf(locator.replace(/@virtual:[0-9a-f]+#/, '@'));
}
