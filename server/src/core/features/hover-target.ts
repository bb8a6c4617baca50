import { DEFAULT_CATALOG } from '../config/catalog-line.ts';
import { declaredBy, edgeSpan, type LockPlace, lockPlaceAt, ownSpan } from '../lockfile/lock-place.ts';
import type { LockEntry, Lockfile } from '../lockfile/lockfile.ts';
import { dependencyAt } from '../manifest/dependency-at.ts';
import type { DependencySection, Manifest } from '../manifest/manifest.ts';
import { readSpecifier, targetOf } from '../manifest/read-specifier.ts';
import type { Specifier } from '../manifest/specifier.ts';
import { lockedEntry, lockedForCatalog } from '../project/locked/locked-dependency.ts';
import { type Meaning, meaningOf, meaningPlace } from '../project/meaning-of.ts';
import type { Project } from '../project/project.ts';
import type { CheckedFile } from '../rules/rule.ts';
import { indexLines } from '../text/line-index.ts';
import { type Span, touches } from '../text/span.ts';
import { relativeUri } from '../text/uri.ts';
import { redactUserinfo } from '../text/web-address.ts';
import { catalogPlaceAt } from './catalog-place.ts';

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
  /** What a catalog or an override makes of it, with the line that says so; undefined where nothing does. */
  readonly means?: { readonly declared: string; readonly because: string } | undefined;
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
      return inCatalog(project, file, offset);
  }
}

function inManifest(project: Project, manifest: Manifest, offset: number): HoverTarget | undefined {
  const dependency = dependencyAt(manifest, offset);
  if (dependency === undefined) return inCatalog(project, manifest, offset);
  const { name, nameSpan, valueSpan, span, declared, section } = dependency;
  const entry = lockedEntry(project, manifest.uri, dependency);
  const meaning = meaningOf(project, manifest.uri, dependency);
  return {
    span: [nameSpan, valueSpan].find((token) => touches(token, offset)) ?? span,
    range: span,
    name,
    target: meaning.target,
    declared,
    means: meansOf(project, manifest, meaning),
    kinds: sectionKinds(section),
    entry,
    elsewhere: elsewhereInManifest(project, name, meaning, entry),
  };
}

/** "pnpm-workspace.yaml line 5", relative to the project's root. */
function meansOf(project: Project, manifest: Manifest, meaning: Meaning): HoverTarget['means'] {
  const place = meaningPlace(project, meaning);
  if (place === undefined) return undefined;
  const { pnpmWorkspace, rootManifest, yarnrcs, root } = project;
  const files = [manifest, pnpmWorkspace, rootManifest, ...yarnrcs];
  const text = files.find((file) => file?.uri === place.uri)?.text;
  const line = text === undefined ? '' : ` line ${indexLines(text).positionAt(place.span.start).line + 1}`;
  const declared = meaning.isRemoved
    ? 'nothing, as an override takes it out'
    : (meaning.declared ?? 'nothing');
  return { declared, because: relativeUri(root, place.uri) + line };
}

/** A line of a catalog is about what its users get. */
function inCatalog(project: Project, { uri }: CheckedFile, offset: number): HoverTarget | undefined {
  const line = catalogPlaceAt(project, uri, offset);
  if (line === undefined) return undefined;
  const { name, declared, catalog } = line.entry;
  const specifier = readSpecifier(name, declared);
  return {
    span: line.token,
    range: { start: line.place.keySpan.start, end: line.place.valueSpan.end },
    name,
    target: targetOf(name, specifier),
    declared,
    kinds: [catalog === DEFAULT_CATALOG ? 'of the catalog' : `of the catalog ${catalog}`],
    entry: lockedForCatalog(project, line.entry),
    elsewhere: specifierWords(specifier, declared),
  };
}

function inLockfile(lockfile: Lockfile, offset: number): HoverTarget | undefined {
  const place = lockPlaceAt(lockfile, offset);
  switch (place?.type) {
    case 'entry':
      return entryTarget(place.entry, place.token);
    case 'edge':
      return edgeTarget(place, lockfile.follow(place.from, place.edge));
    default:
      return undefined;
  }
}

function entryTarget(entry: LockEntry, span: Span): HoverTarget {
  const { dev, optional, peer } = entry;
  const kinds = [dev ? 'dev' : '', optional ? 'optional' : '', peer ? 'peer' : ''].filter(
    (kind) => kind !== '',
  );
  const name = entry.alias ?? entry.name;
  return {
    span,
    range: ownSpan(entry),
    name,
    target: entry.name,
    declared: undefined,
    kinds,
    entry,
    elsewhere: elsewhereInLockfile(entry, undefined),
  };
}

function edgeTarget(
  { from, edge, token }: LockPlace & { readonly type: 'edge' },
  entry: LockEntry | undefined,
): HoverTarget {
  const { name, section } = edge;
  const declared = declaredBy(from, edge);
  const specifier = declared === undefined ? undefined : readSpecifier(name, declared);
  const elsewhere = entry === undefined ? undefined : elsewhereInLockfile(entry, declared);
  return {
    span: token,
    range: edgeSpan(edge),
    name,
    target: entry?.name ?? (specifier === undefined ? name : targetOf(name, specifier)),
    declared,
    kinds: sectionKinds(section),
    entry,
    elsewhere: elsewhere ?? (specifier === undefined ? undefined : specifierWords(specifier, declared)),
  };
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
  name: string,
  { specifier, declared }: Meaning,
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
