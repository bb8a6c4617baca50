import type { Advisories } from '../../../know/advisory/advisories.ts';
import type { Facts } from '../../../know/facts/facts.ts';
import type { PackumentVersion } from '../../../know/registry/documents/packument.ts';
import type { LockEntry, Lockfile } from '../../../read/lockfile/model/lockfile.ts';
import { effectiveDependencies } from '../../../read/manifest/effective-dependencies.ts';
import type { Manifest, ManifestDependency } from '../../../read/manifest/manifest.ts';
import { plainOf } from '../../../read/manifest/plain-specifier.ts';
import type { Specifier } from '../../../read/manifest/specifier.ts';
import { askedEntries } from '../../../read/project/locked/asked-entries.ts';
import { undeclaredVersions } from '../../../read/project/locked/direct-entries.ts';
import { lockedEntry } from '../../../read/project/locked/locked-dependency.ts';
import { type Meaning, meaningsIn } from '../../../read/project/meaning-of.ts';
import type { Project } from '../../../read/project/project.ts';
import { hostAndPort, parseWebUrl } from '../../../read/text/paths/web-url.ts';
import { satisfies } from '../../../read/text/satisfies.ts';
import { lockExposure } from '../../exposure/lock-exposure.ts';
import type { TermSubject } from './denial.ts';
import { parseLicense } from './license-expression.ts';

interface Asked {
  readonly project: Project;
  readonly facts: Facts;
  readonly advisories: Advisories;
}

/** A subject that knows which gap its missing facts are. */
export interface CountedSubject extends TermSubject {
  /** Undefined if they are under way, or their absence is reported anyway. */
  readonly gap: 'not-recorded' | 'not-provided' | undefined;
}

/** A dependency of a manifest to judge. */
export interface DeclaredSubject {
  readonly dependency: ManifestDependency;
  readonly meaning: Meaning;
  /** The locked package, unless the manifest has moved on since. */
  readonly entry: LockEntry | undefined;
  readonly subject: CountedSubject;
}

/** Yields the dependencies of a manifest that install a package of somebody else. */
export function* subjectsOfManifest(manifest: Manifest, asked: Asked): Generator<DeclaredSubject> {
  const { project } = asked;
  if (!project.members.has(manifest.uri)) return;
  const meaningIn = meaningsIn(project, manifest.uri);
  for (const dependency of effectiveDependencies(manifest)) {
    if (dependency.section === 'peerDependencies') continue;
    const meaning = meaningIn(dependency);
    if (meaning.isRemoved || meaning.declared === undefined || isOwn(meaning.specifier)) continue;
    if (project.memberNames.has(meaning.target)) continue;
    const entry = lockedFor(meaning.specifier, lockedEntry(project, manifest.uri, dependency));
    const isDevelopment = dependency.section === 'devDependencies';
    yield { dependency, meaning, entry, subject: subjectOf(asked, { meaning, isDevelopment }, entry) };
  }
}

/** Yields the locked packages that no manifest of the project declares, each version once. */
export function* subjectsOfLockfile(
  lockfile: Lockfile,
  entries: Iterable<LockEntry>,
  asked: Asked,
): Generator<{ readonly entry: LockEntry; readonly subject: CountedSubject }> {
  const { project } = asked;
  for (const entry of undeclaredVersions(entries, lockfile, project)) {
    if (!isInstalled(entry) || project.memberNames.has(entry.name)) continue;
    yield { entry, subject: subjectOf(asked, undefined, entry) };
  }
}

function isOwn({ type }: Specifier): boolean {
  return ['workspace', 'link', 'portal', 'file', 'directory'].includes(type);
}

function isInstalled({ source }: LockEntry): boolean {
  return source === 'registry' || source === 'git' || source === 'tarball';
}

/** Returns the locked entry unless the manifest has moved on since. */
function lockedFor(specifier: Specifier, entry: LockEntry | undefined): LockEntry | undefined {
  if (entry === undefined || !isInstalled(entry)) return undefined;
  const inner = plainOf(specifier);
  const version = entry.version?.value;
  if (inner === undefined || inner.type === 'tag' || version === undefined) return entry;
  return satisfies(version, inner.range) ? entry : undefined;
}

function subjectOf(
  { project, facts, advisories }: Asked,
  declared: { readonly meaning: Meaning; readonly isDevelopment: boolean } | undefined,
  entry: LockEntry | undefined,
): CountedSubject {
  const meaning = declared?.meaning;
  const inner = plainOf(meaning?.specifier);
  const name = entry?.name ?? meaning!.target;
  const version = entry?.version?.value ?? (inner?.type === 'version' ? inner.range : undefined);
  const isOfRegistry = entry === undefined ? inner !== undefined : entry.source === 'registry';
  const isAsked = entry === undefined || meaning !== undefined || askedEntries(project).has(entry);
  let gap: CountedSubject['gap'] = 'not-recorded';
  const document = (): PackumentVersion | undefined => {
    // The others are requested in other parts.
    if (!isAsked && project.askedRange !== undefined) gap = undefined;
    if (!isOfRegistry || !isAsked || version === undefined || facts.unreachable !== undefined)
      return undefined;
    const fact = facts.packument(name);
    gap = fact.state === 'ready' || fact.state === 'absent' ? 'not-provided' : undefined;
    return fact.state === 'ready' ? fact.value.versions.get(version) : undefined;
  };
  return {
    name,
    version,
    range: inner?.type === 'range' ? inner.range : undefined,
    get host() {
      const url =
        entry?.resolved?.value ?? (isOfRegistry ? project.npmConfig.registryFor(name).url : undefined);
      const address = url === undefined ? undefined : parseWebUrl(url);
      return address && hostAndPort(address);
    },
    license() {
      const installed =
        version === undefined ? undefined : project.installedLicenses?.get(`${name}@${version}`);
      const recorded = entry?.license;
      const published = installed || document()?.license;
      const stated = expressionOf(recorded, published) ?? (recorded || published);
      if (stated) return stated;
      const isStatedNowhere = installed === '' || (document() !== undefined && !isAbbreviated(facts, name));
      return isStatedNowhere ? '' : undefined;
    },
    isDevelopment: () =>
      entry === undefined || project.lockfile === undefined
        ? declared?.isDevelopment === true
        : lockExposure(project, project.lockfile, advisories).usedAt(entry).isDev,
    publisher: () => document()?.publishedBy?.name,
    get gap() {
      return gap;
    },
  };
}

/**
 * Returns the expression that the lockfile and the package state: both if they differ, as whoever changes the lockfile
 * could write any. Undefined if neither states one.
 */
function expressionOf(recorded: string | undefined, published: string | undefined): string | undefined {
  const stated = new Set([recorded, published].filter((text) => text !== undefined && text !== ''));
  const parts = [...stated].filter((text) => parseLicense(text!) !== undefined) as string[];
  if (parts.length < 2) return parts[0];
  return parts.map((part) => (part.includes(' ') ? `(${part})` : part)).join(' AND ');
}

/** The short form of a document has no licenses. */
function isAbbreviated(facts: Facts, name: string): boolean {
  const fact = facts.packument(name);
  return fact.state !== 'ready' || fact.value.abbreviated;
}
