import { createRequire } from 'node:module';
import { posix } from 'node:path';
import {
  importerId,
  isImporter,
  type NormalEdge,
  type NormalGraph,
  type NormalKind,
  type NormalPackage,
} from './normal-form.ts';
import { addedBy, type Extensions } from './yarn-extensions.ts';

interface ClassicEntry {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * Returns Yarn 1's own reading of its lockfile, with the project's manifests by path, as the lockfile does not contain
 * them. An id is the first declaration of the entry, in the order of the text.
 */
export function classicOracle(text: string, manifests: ReadonlyMap<string, string>): NormalGraph {
  const require = createRequire(import.meta.url);
  const { parse } = require('@yarnpkg/lockfile') as {
    parse(text: string): { readonly type: string; readonly object: Readonly<Record<string, ClassicEntry>> };
  };
  const { type, object } = parse(text);
  if (type !== 'success') throw new Error(`Yarn reads this lockfile with ${type}`);
  const ids = new Map<ClassicEntry, string>();
  for (const [descriptor, entry] of Object.entries(object)) {
    const folder = /^@?[^@]+@link:(?:\.\/)?(.*)$/.exec(descriptor)?.[1];
    if (!ids.has(entry)) ids.set(entry, folder === undefined ? descriptor : importerId(folder));
  }
  const idOf = (name: string, specifier: string): string | undefined => {
    const entry = object[`${name}@${specifier}`];
    return entry === undefined ? undefined : ids.get(entry);
  };
  const edges = importerEdges(manifests, idOf);
  for (const [entry, from] of ids) {
    for (const section of ['dependencies', 'optionalDependencies'] as const) {
      for (const [name, specifier] of Object.entries(entry[section] ?? {})) {
        const to = idOf(name, specifier);
        if (to === undefined) throw new Error(`nothing for ${name}@${specifier}`);
        edges.push({ from, to, name, kind: KINDS[section], specifier });
      }
    }
  }
  const packages = [...ids]
    .filter(([, id]) => !isImporter(id))
    .map(([{ version }, id]) => ({ id, name: realName(id), version }));
  return { packages, edges };
}

const KINDS = {
  dependencies: 'prod',
  devDependencies: 'dev',
  optionalDependencies: 'optional',
} as const;

type Manifest = { readonly name?: string } & Readonly<
  Partial<Record<keyof typeof KINDS, Readonly<Record<string, string>>>>
>;

/** Returns the dependencies of the manifests: a package of the lockfile, or else the member of that name. */
function importerEdges(
  manifests: ReadonlyMap<string, string>,
  idOf: (name: string, specifier: string) => string | undefined,
): NormalEdge[] {
  const read = [...manifests].map(([path, text]) => [path, JSON.parse(text) as Manifest] as const);
  const members = new Map(read.map(([path, { name }]) => [name, importerId(path)]));
  const edges: NormalEdge[] = [];
  for (const [path, manifest] of read) {
    // A name in several sections counts in the one that production installs it from.
    const declared = new Map<string, { readonly kind: NormalKind; readonly specifier: string }>();
    for (const section of ['devDependencies', 'dependencies', 'optionalDependencies'] as const) {
      for (const [name, specifier] of Object.entries(manifest[section] ?? {})) {
        declared.set(name, { kind: KINDS[section], specifier });
      }
    }
    for (const [name, { kind, specifier }] of declared) {
      const to = idOf(name, specifier) ?? idOf(name, fromRoot(path, specifier)) ?? members.get(name);
      if (to !== undefined) edges.push({ from: importerId(path), to, name, kind, specifier });
    }
  }
  return edges;
}

/**
 * Converts local paths of a member to the root's perspective, as Yarn 1 writes them; those that begin with
 * `./` keep a dot.
 */
function fromRoot(member: string, specifier: string): string {
  const [, protocol, path] = /^(file:|link:)(\.{1,2}\/.*)$/.exec(specifier) ?? [];
  if (path === undefined) return specifier;
  return `${protocol}${path.startsWith('./') ? './' : ''}${posix.join(member, path)}`;
}

/** Returns `b` of `a@npm:b@^1.0.0`, or else the part before the second at sign of `@s/a@^1.0.0`. */
function realName(descriptor: string): string {
  const at = descriptor.indexOf('@', 1);
  const range = descriptor.slice(at + 1);
  return range.startsWith('npm:') && range.indexOf('@', 5) > 0
    ? range.slice(4, range.indexOf('@', 5))
    : descriptor.slice(0, at);
}

interface BerryEntry {
  readonly version: string;
  readonly resolution: string;
  readonly linkType: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly dependenciesMeta?: Readonly<Record<string, { readonly optional?: string | boolean }>>;
}

interface Resolutions {
  readonly from?: { readonly fullName: string; readonly description?: string };
  readonly descriptor: { readonly fullName: string; readonly description?: string };
}

/**
 * Returns the reading of Yarn's own parser. An id is the entry's `resolution`; each dependency leads to the entry with
 * its descriptor in the key, after the root manifest's `resolutions` and Yarn's own patches. A package also has the
 * dependencies that the project's extensions add.
 */
export function berryOracle(
  text: string,
  manifests: ReadonlyMap<string, string>,
  extensions: Extensions,
): NormalGraph {
  const require = createRequire(import.meta.url);
  const { parseSyml, parseResolution } = require('@yarnpkg/parsers') as {
    parseSyml(text: string): Readonly<Record<string, BerryEntry>>;
    parseResolution(text: string): Resolutions;
  };
  const { __metadata: _, ...entries } = parseSyml(text);
  const byDescriptor = new Map<string, BerryEntry>();
  for (const [key, entry] of Object.entries(entries)) {
    for (const descriptor of key.split(/ *, */)) byDescriptor.set(normalized(descriptor), entry);
  }
  const ownPatches = new Map<string, BerryEntry>();
  for (const [descriptor, entry] of byDescriptor) {
    const [, name, patched] = /^(@?[^@]+)@patch:(.*)#.*builtin<compat\//.exec(descriptor) ?? [];
    if (patched !== undefined)
      ownPatches.set(normalized(`${name}${decodeURIComponent(patched).slice(name!.length)}`), entry);
  }
  const { resolutions = {} } = JSON.parse(manifests.get('') ?? '{}') as {
    readonly resolutions?: Readonly<Record<string, string>>;
  };
  const rules = Object.entries(resolutions).map(([pattern, range]) => ({
    ...parseResolution(pattern),
    range,
  }));
  const root = Object.values(entries).find(({ resolution }) => resolution.endsWith('@workspace:.'))!;

  const resolve = (from: BerryEntry, name: string, range: string): BerryEntry | undefined => {
    const declared = normalized(`${name}@${range}`);
    const rule = rules.find(
      (each) =>
        each.descriptor.fullName === name &&
        normalized(`${name}@${each.descriptor.description ?? range}`) === declared &&
        (each.from === undefined || from.resolution.startsWith(`${each.from.fullName}@`)),
    );
    const descriptor = rule === undefined ? declared : normalized(`${name}@${rule.range}`);
    const locator = encodeURIComponent((rule === undefined ? from : root).resolution);
    return (
      ownPatches.get(descriptor) ??
      byDescriptor.get(descriptor) ??
      byDescriptor.get(`${descriptor}::locator=${locator}`)
    );
  };

  const packages: NormalPackage[] = [];
  const edges: NormalEdge[] = [];
  for (const entry of Object.values(entries)) {
    if (isCondition(entry)) continue;
    const from = berryId(entry);
    if (!isImporter(from)) packages.push({ id: from, name: nameOf(from), version: entry.version });
    const sectionOf = sectionsIn(manifests.get(from.slice(importerId('').length)));
    const dependencies = { ...addedBy(extensions, nameOf(entry.resolution)), ...entry.dependencies };
    for (const [name, specifier] of Object.entries(dependencies)) {
      const to = resolve(entry, name, specifier);
      if (to === undefined) throw new Error(`nothing for ${name}@${specifier} of ${from}`);
      const isOptional = String(entry.dependenciesMeta?.[name]?.optional) === 'true';
      const kind = isOptional ? 'optional' : isImporter(from) ? sectionOf(name) : 'prod';
      // The conditions plugin creates a choice between its two dependencies.
      const choices = isCondition(to)
        ? Object.entries(to.dependencies ?? {}).map(([choice, range]) => resolve(to, choice, range)!)
        : [to];
      for (const choice of choices) edges.push({ from, to: berryId(choice), name, kind, specifier });
    }
  }
  return withoutPatched({ packages, edges });
}

/**
 * Returns the section of a dependency in a manifest; without a manifest any is `prod`, as the lockfile does
 * not record it.
 */
function sectionsIn(text: string | undefined): (name: string) => NormalKind {
  const { dependencies, devDependencies } = JSON.parse(text ?? '{}') as Manifest;
  return (name) =>
    devDependencies?.[name] !== undefined && dependencies?.[name] === undefined ? 'dev' : 'prod';
}

/** Removes packages that are not installed themselves, as only their patched copies need them. */
export function withoutPatched({ packages, edges }: NormalGraph): NormalGraph {
  const needed = new Set(edges.map(({ to }) => to));
  const patched = new Set(
    packages.flatMap(({ id }) => {
      const origin = /^@?[^@]+@patch:([^#]*)/.exec(id)?.[1];
      return origin === undefined ? [] : [decodeURIComponent(origin)];
    }),
  );
  const isOnlyPatched = (id: string) => patched.has(id) && !needed.has(id);
  return {
    packages: packages.filter(({ id }) => !isOnlyPatched(id)),
    edges: edges.filter(({ from }) => !isOnlyPatched(from)),
  };
}

function nameOf(locator: string): string {
  return locator.slice(0, locator.indexOf('@', 1));
}

function isCondition({ resolution }: BerryEntry): boolean {
  return /^@?[^@]+@condition:/.test(resolution);
}

/** Adds the protocol that Yarn puts before ranges and tags without one; older lockfiles omit it. */
function normalized(descriptor: string): string {
  const at = descriptor.indexOf('@', 1);
  return /^[^:]*$/.test(descriptor.slice(at + 1))
    ? `${descriptor.slice(0, at)}@npm:${descriptor.slice(at + 1)}`
    : descriptor;
}

function berryId({ resolution }: BerryEntry): string {
  return berryIdOf(resolution);
}

/** Returns the locator, or the importer's id for a member or a linked folder. */
export function berryIdOf(locator: string): string {
  const [, protocol, path, bindings = ''] =
    /^@?[^@]+@(workspace|link|portal):([^:]*)(?:::(.*))?$/.exec(locator) ?? [];
  if (path === undefined) return locator;
  const member = /(?:^|&)locator=([^&]*)/.exec(bindings)?.[1] ?? '';
  const from = protocol === 'workspace' ? '' : decodeURIComponent(member).replace(/^.*@workspace:/, '');
  const folder = posix.join(from, path);
  return importerId(folder === '.' ? '' : folder);
}
