import type { LockEdge, LockEntry, Lockfile } from '../lockfile/lockfile.ts';
import { dependencyAt } from '../manifest/dependency-at.ts';
import type { DependencySection, Manifest, ManifestDependency } from '../manifest/manifest.ts';
import { readSpecifier, targetOf } from '../manifest/read-specifier.ts';
import type { Specifier } from '../manifest/specifier.ts';
import { lockedEntry } from '../project/locked-dependency.ts';
import type { Project } from '../project/project.ts';
import type { CheckedFile } from '../rules/rule.ts';
import { type Span, touches } from '../text/span.ts';
import { redactUserinfo } from '../text/web-address.ts';

/** The dependency under the cursor, as far as the project's own files tell. */
export interface HoverTarget {
  /** The token under the cursor. */
  readonly span: Span;
  /** Findings that touch it belong to the dependency. */
  readonly range: Span;
  readonly name: string;
  /** The package's own name, where `name` is an alias. */
  readonly target: string;
  readonly declared: string | undefined;
  readonly kinds: readonly string[];
  readonly entry: LockEntry | undefined;
  /** Undefined for what a registry serves; else where it comes from, in words. */
  readonly elsewhere: string | undefined;
}

/** Finds what a hover at `offset` is about: a dependency of a manifest, or an entry of a lockfile or its edge. */
export function hoverTarget(project: Project, file: CheckedFile, offset: number): HoverTarget | undefined {
  switch (file.kind) {
    case 'manifest':
      return inManifest(project, file, offset);
    case 'lockfile':
      return inLockfile(file, offset);
    default:
      return undefined;
  }
}

function inManifest(project: Project, manifest: Manifest, offset: number): HoverTarget | undefined {
  const dependency = dependencyAt(manifest, offset);
  if (dependency === undefined) return undefined;
  const { name, target, nameSpan, valueSpan, span, declared, section } = dependency;
  const entry = lockedEntry(project, manifest.uri, dependency);
  return {
    span: [nameSpan, valueSpan].find((token) => touches(token, offset)) ?? span,
    range: span,
    name,
    target,
    declared,
    kinds: sectionKinds(section),
    entry,
    elsewhere: elsewhereInManifest(project, dependency, entry),
  };
}

function inLockfile(lockfile: Lockfile, offset: number): HoverTarget | undefined {
  for (const [path, importer] of lockfile.importers) {
    const edge = edgeAt(importer, offset);
    if (edge !== undefined) return edgeTarget(edge, lockfile.resolve(path, edge.name));
  }
  const entry = lockfile.entries.find(({ span }) => touches(span, offset));
  if (entry === undefined) return undefined;
  const edge = edgeAt(entry, offset);
  if (edge !== undefined) return edgeTarget(edge, resolveFrom(lockfile, entry.key, edge.name));
  const { keySpan, version, resolved, integrity } = entry;
  const token = [keySpan, version?.span, resolved?.span, integrity?.span].find(
    (span) => span !== undefined && touches(span, offset),
  );
  return token === undefined ? undefined : entryTarget(entry, token);
}

function entryTarget(entry: LockEntry, span: Span): HoverTarget {
  const { dev, optional, peer } = entry;
  const kinds = [dev ? 'dev' : '', optional ? 'optional' : '', peer ? 'peer' : ''].filter(
    (kind) => kind !== '',
  );
  const name = entry.alias ?? entry.name;
  return {
    span,
    range: entry.span,
    name,
    target: entry.name,
    declared: undefined,
    kinds,
    entry,
    elsewhere: elsewhereInLockfile(entry, undefined),
  };
}

function edgeTarget(edge: LockEdge, entry: LockEntry | undefined): HoverTarget {
  const { name, nameSpan, section } = edge;
  const declared = edge.specifier.value;
  const specifier = readSpecifier(name, declared);
  const elsewhere = entry === undefined ? undefined : elsewhereInLockfile(entry, declared);
  return {
    span: nameSpan,
    range: { start: nameSpan.start, end: edge.specifier.span.end },
    name,
    target: entry?.name ?? targetOf(name, specifier),
    declared,
    kinds: sectionKinds(section),
    entry,
    elsewhere: elsewhere ?? specifierWords(specifier, declared),
  };
}

function edgeAt(entry: LockEntry, offset: number): LockEdge | undefined {
  if (!touches(entry.span, offset)) return undefined;
  return entry.edges.find(
    ({ nameSpan, specifier }) => touches(nameSpan, offset) || touches(specifier.span, offset),
  );
}

/** As Node.js looks it up: in the package's own node_modules, then in those of the folders above. */
function resolveFrom(lockfile: Lockfile, key: string, name: string): LockEntry | undefined {
  let folder = key;
  while (folder !== '') {
    const entry = lockfile.entry(`${folder}/node_modules/${name}`);
    if (entry !== undefined) return entry;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')));
  }
  return lockfile.entry(`node_modules/${name}`);
}

function sectionKinds(section: DependencySection): readonly string[] {
  switch (section) {
    case 'dependencies':
      return [];
    case 'devDependencies':
      return ['dev'];
    case 'optionalDependencies':
      return ['optional'];
    case 'peerDependencies':
      return ['peer'];
  }
}

/** What the manifest declares decides; a version range may still mean a package of the workspace. */
function elsewhereInManifest(
  project: Project,
  { specifier, declared, name }: ManifestDependency,
  entry: LockEntry | undefined,
): string | undefined {
  const words = specifierWords(specifier, declared);
  if (words !== undefined) return words;
  const isMember = entry === undefined ? project.memberNames.has(name) : isOfWorkspace(entry);
  return isMember ? 'a package of this workspace' : undefined;
}

function specifierWords(specifier: Specifier, declared: string | undefined): string | undefined {
  const written = redactUserinfo(declared ?? '');
  switch (specifier.type) {
    case 'git':
      return `git: ${written}`;
    case 'remote':
      return `a web address: ${written}`;
    case 'file':
      return `a local file: ${written}`;
    case 'directory':
    case 'link':
    case 'portal':
      return `a local folder: ${written}`;
    case 'workspace':
      return 'a package of this workspace';
    case 'patch':
    case 'exec':
    case 'jsr':
      return written;
    default:
      return undefined;
  }
}

function elsewhereInLockfile(entry: LockEntry, declared: string | undefined): string | undefined {
  if (isOfWorkspace(entry)) return 'a package of this workspace';
  const address = redactUserinfo(declared ?? entry.resolved?.value ?? entry.key);
  switch (entry.source) {
    case 'git':
      return `git: ${address}`;
    case 'tarball':
      return `a web address: ${address}`;
    case 'file':
      return `a local file: ${address}`;
    case 'directory':
      return `a local folder: ${address}`;
    default:
      return undefined;
  }
}

function isOfWorkspace({ source }: LockEntry): boolean {
  return source === 'workspace' || source === 'link' || source === 'root';
}
