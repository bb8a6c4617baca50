import semver from 'semver';
import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { exactVersions, splitRegistryKey } from '../../read/manager/decision-key.ts';
import { MANAGERS, specOf } from '../../read/manager/managers.ts';
import type { UnreadDecision, WrittenDecision } from '../../read/manager/model/scripts.ts';
import { isInPrivateScope, isInternalName } from '../../read/policy-file/private-names.ts';
import type { Project } from '../../read/project/project.ts';
import { scriptIdentity } from './script-identity.ts';

/**
 * What is wrong with a written decision. unread: this version of the package manager does not read it; foreign: another
 * one does; alias: it names an alias, whose package has another name; stale: nothing of the kind is locked; unpinned: it
 * approves every future version.
 */
export type Drift = { readonly decision: WrittenDecision } & (
  | { readonly type: 'unread'; readonly why: UnreadDecision }
  | { readonly type: 'foreign' }
  | { readonly type: 'alias'; readonly of: string }
  | { readonly type: 'stale' }
  | { readonly type: 'unpinned' }
);

/**
 * Returns the decisions in the root's files that have no effect, or a wider one than they need. What the lockfile does
 * not show is not reported, and a denial is never too much.
 */
export function policyDrift(project: Project): readonly Drift[] {
  const { scripts } = specOf(project.manager);
  const own = scripts.written(project);
  const drift: Drift[] = [];
  const lockfile = project.lockfile?.status === 'checked' ? project.lockfile : undefined;
  const counts = new Map<string, number>();
  for (const { key } of own) {
    const name = splitRegistryKey(key.value)?.name ?? '';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const decision of own) {
    const why = scripts.unread(decision, project);
    if (why !== undefined) drift.push({ decision, type: 'unread', why });
    else if (lockfile !== undefined) drift.push(...driftOf(decision, lockedNames(lockfile), counts, project));
  }
  return [...drift, ...foreignDecisions(project)];
}

/** What a lockfile has of a name. */
interface LockedName {
  /** Of registry packages. */
  readonly versions: Set<string>;
  /** Whether each entry proves its version, so that a decision on exactly these covers all. */
  isProven: boolean;
}

interface LockedNames {
  readonly names: ReadonlyMap<string, LockedName>;
  readonly aliases: ReadonlyMap<string, string>;
}

const known = new WeakMap<Lockfile, LockedNames>();

function lockedNames(lockfile: Lockfile): LockedNames {
  let found = known.get(lockfile);
  if (found !== undefined) return found;
  const names = new Map<string, LockedName>();
  const aliases = new Map<string, string>();
  for (const entry of lockfile.entries) {
    const { name, alias, version } = entry;
    if (alias !== undefined && alias !== name) aliases.set(alias, name);
    let of = names.get(name);
    if (of === undefined) {
      of = { versions: new Set(), isProven: true };
      names.set(name, of);
    }
    if (version !== undefined) of.versions.add(version.value);
    const identity = scriptIdentity(entry);
    if (entry.source !== 'registry' || identity?.type !== 'registry') of.isProven = false;
  }
  found = { names, aliases };
  known.set(lockfile, found);
  return found;
}

function* driftOf(
  decision: WrittenDecision,
  { names, aliases }: LockedNames,
  counts: ReadonlyMap<string, number>,
  project: Project,
): Generator<Drift> {
  const { scripts } = specOf(project.manager);
  const key = splitRegistryKey(decision.key.value);
  // Keys of git repositories and files, and patterns.
  if (key === undefined || /[*!]/.test(key.name) || project.memberNames.has(key.name)) return;
  const { name, specifier } = key;
  const locked = names.get(name);
  if (locked === undefined) {
    const of = aliases.get(name);
    if (of === undefined) {
      if (decision.allowed === true) yield { decision, type: 'stale' };
    } else if (scripts.review !== 'trustedDependencies') yield { decision, type: 'alias', of };
    return;
  }
  if (decision.allowed !== true) return;
  if (specifier !== '' && specifier !== '*') {
    // An approval of an older version alone moves to the locked one, which its own finding offers.
    const isGone = exactVersions(specifier)?.every((version) => !locked.versions.has(version)) === true;
    if (isGone && (counts.get(name) ?? 0) > 1) yield { decision, type: 'stale' };
    return;
  }
  const { policy } = project;
  const isPrivate =
    isInPrivateScope(policy.privateScopes, name) || isInternalName(policy.internalNames, name);
  const hasVersions = scripts.versionsInKey(project.manager) === 'several';
  const isPinnable = hasVersions && locked.isProven && locked.versions.size > 0;
  if (isPinnable && !isPrivate) yield { decision, type: 'unpinned' };
}

/** Returns a key for all locked versions of a name; undefined if one key cannot name them. */
export function lockedKey({ lockfile, manager }: Project, name: string): string | undefined {
  const versions = lockfile === undefined ? undefined : lockedNames(lockfile).names.get(name)?.versions;
  const allowed = specOf(manager).scripts.versionsInKey(manager);
  if (versions === undefined || versions.size === 0 || allowed === 'none') return undefined;
  if (allowed === 'one' && versions.size > 1) return undefined;
  return `${name}@${[...versions].sort(compareVersions).join(' || ')}`;
}

function compareVersions(a: string, b: string): number {
  return semver.valid(a) !== null && semver.valid(b) !== null ? semver.compare(a, b) : 0;
}

/** Yields decisions of other package managers in the root manifest, if one alone installs the project. */
function* foreignDecisions(project: Project): Generator<Drift> {
  const { manager, lockfile, lockfiles, rootManifest } = project;
  if (manager.because === 'default' || lockfiles.length > 1 || rootManifest === undefined) return;
  const own = new Set(
    specOf(manager)
      .scripts.written(project)
      .map(({ setting }) => setting),
  );
  for (const { name, scripts } of MANAGERS) {
    if (name === manager.name) continue;
    const seen = new Set<string>();
    for (const decision of scripts.written({ manager, lockfile, rootManifest, pnpmWorkspace: undefined })) {
      // Settings in a table of a package manager are judged as a whole.
      if (decision.setting.includes('.') || own.has(decision.setting) || seen.has(decision.setting)) continue;
      seen.add(decision.setting);
      yield { decision, type: 'foreign' };
    }
  }
}
