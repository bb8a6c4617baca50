import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, posix } from 'node:path';
import { inFolder } from './lockfile-project.ts';
import {
  importerId,
  type NormalEdge,
  type NormalGraph,
  type NormalKind,
  type NormalPackage,
} from './normal-form.ts';

type References = Readonly<Record<string, string>>;

interface PnpmSnapshot {
  readonly name?: string;
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly dependencies?: References;
  readonly optionalDependencies?: References;
  readonly peerDependencies?: References;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

interface PnpmLock {
  readonly importers: Readonly<
    Record<
      string,
      {
        readonly specifiers: References;
        readonly dependencies?: References;
        readonly devDependencies?: References;
        readonly optionalDependencies?: References;
        /** Set in a document about pnpm itself, which its reader returns unchanged. */
        readonly packageManagerDependencies?: Readonly<
          Record<string, { readonly specifier: string; readonly version: string }>
        >;
      }
    >
  >;
  readonly packages?: Readonly<Record<string, PnpmSnapshot>>;
}

interface Reader {
  readWantedLockfile(
    folder: string,
    options: { readonly ignoreIncompatible: boolean },
  ): Promise<PnpmLock | null>;
}

interface DependencyPath {
  refToRelative(reference: string, name: string): string | null;
  parse(path: string): { readonly name?: string; readonly version?: string };
}

/** Returns pnpm's own reading of a lockfile: it reads one document of several, so each is passed separately. */
export async function pnpmOracle(text: string): Promise<NormalGraph> {
  const documents = text.split(/^---\n/m).filter((document) => document !== '');
  const graphs = await Promise.all(documents.map(documentOracle));
  return {
    packages: graphs.flatMap(({ packages }) => packages),
    edges: graphs.flatMap(({ edges }) => edges),
  };
}

async function documentOracle(document: string): Promise<NormalGraph> {
  const require = createRequire(import.meta.url);
  const isNew = /^lockfileVersion: '9/m.test(document);
  const reader = require(isNew ? '@pnpm/lockfile.fs' : '@pnpm/lockfile-file') as Reader;
  // The two have different versions of the package that parses keys and references.
  const paths = createRequire(require.resolve(isNew ? '@pnpm/lockfile.fs' : '@pnpm/lockfile-file'))(
    '@pnpm/dependency-path',
  ) as DependencyPath;
  const lock = await readDocument(reader, document);
  const devOnly = isNew ? devOnlyOf(require, lock) : undefined;
  // Version 6 writes `/a@1.0.0(b@2.0.0)`, which that reader converts to `/a/1.0.0(b@2.0.0)`.
  const written = new Map<string, string>();
  if (/^lockfileVersion: '6/m.test(document)) {
    for (const path of Object.keys(lock.packages ?? {})) written.set(path, versionSixKey(path));
  }
  const idOf = (path: string) => written.get(path) ?? path;

  const packages: NormalPackage[] = [];
  const edges: NormalEdge[] = [];
  for (const [path, snapshot] of Object.entries(lock.packages ?? {})) {
    const { name = '', version } = { ...paths.parse(path), ...defined(snapshot.name, snapshot.version) };
    packages.push({
      id: idOf(path),
      name,
      version,
      dev: devOnly === undefined ? snapshot.dev === true : devOnly.get(path),
      optional: snapshot.optional === true,
    });
    for (const section of ['dependencies', 'optionalDependencies'] as const) {
      for (const [dependency, reference] of Object.entries(snapshot[section] ?? {})) {
        const range = snapshot.peerDependencies?.[dependency];
        const mayBeMissing = snapshot.peerDependenciesMeta?.[dependency]?.optional === true;
        const peer = mayBeMissing ? 'optional peer' : 'peer';
        const to = paths.refToRelative(reference, dependency);
        edges.push({
          from: idOf(path),
          to: to === null ? importerId(reference.slice('link:'.length)) : idOf(to),
          name: dependency,
          kind: range === undefined ? KINDS[section] : peer,
          specifier: range ?? reference,
        });
      }
    }
  }
  for (const [path, importer] of Object.entries(lock.importers)) {
    const from = path === '.' ? '' : path;
    const add = (name: string, reference: string, kind: NormalKind, specifier: string | undefined) => {
      const to = paths.refToRelative(reference, name);
      const id = to === null ? importerId(linkTarget(from, reference)) : idOf(to);
      edges.push({ from: importerId(from), to: id, name, kind, specifier });
    };
    for (const section of ['dependencies', 'devDependencies', 'optionalDependencies'] as const) {
      for (const [name, reference] of Object.entries(importer[section] ?? {})) {
        add(name, reference, KINDS[section], importer.specifiers[name]);
      }
    }
    for (const [name, { specifier, version }] of Object.entries(importer.packageManagerDependencies ?? {})) {
      add(name, version, 'prod', specifier);
    }
  }
  return { packages, edges };
}

const KINDS = { dependencies: 'prod', devDependencies: 'dev', optionalDependencies: 'optional' } as const;

async function readDocument(reader: Reader, document: string): Promise<PnpmLock> {
  return inFolder(async (folder) => {
    writeFileSync(join(folder, 'pnpm-lock.yaml'), document);
    const lock = await reader.readWantedLockfile(folder, { ignoreIncompatible: false });
    if (lock === null) throw new Error('pnpm reads no lockfile');
    return lock;
  });
}

/** Returns whether only development dependencies lead to a package, by its path; without unreachable packages. */
function devOnlyOf(require: NodeJS.Require, lock: PnpmLock): ReadonlyMap<string, boolean> {
  const { detectDepTypes, DepType } = require('@pnpm/lockfile.detect-dep-types') as {
    detectDepTypes(lock: PnpmLock): Readonly<Record<string, number>>;
    readonly DepType: { readonly DevOnly: number };
  };
  return new Map(
    Object.entries(detectDepTypes(lock)).map(([path, type]) => [path, type === DepType.DevOnly]),
  );
}

function defined(name: string | undefined, version: string | undefined): { name?: string; version?: string } {
  return { ...(name === undefined ? {} : { name }), ...(version === undefined ? {} : { version }) };
}

function versionSixKey(path: string): string {
  const [, name, rest] = /^\/((?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(path) ?? [];
  return name === undefined ? path : `/${name}@${rest}`;
}

/** Returns the importer that `link:../b` refers to in the importer at `from`. */
function linkTarget(from: string, reference: string): string {
  const path = posix.join(from, reference.slice('link:'.length));
  return path === '.' ? '' : path.replace(/\/$/, '');
}
