import semver from 'semver';
import { lockedNames } from '../../lockfile/model/locked-names.ts';
import { specOf } from '../../manager/managers.ts';
import { dependenciesByName } from '../../manifest/dependencies-of.ts';
import { effectiveDependencies } from '../../manifest/effective-dependencies.ts';
import type { ManifestDependency } from '../../manifest/manifest.ts';
import { readSpecifier } from '../../manifest/read-specifier.ts';
import type { Project } from '../project.ts';
import type { OverrideEntry } from './overrides.ts';

/**
 * What is wrong with an override that its package manager reads. selector: its keys are invalid; reference: `$name`
 * names no direct dependency; conflict: npm rejects it; absent: nothing in the lockfile has the name.
 */
export type OverrideProblem =
  | { readonly kind: 'selector' | 'reference' | 'absent' }
  | { readonly kind: 'conflict'; readonly dependency: ManifestDependency };

/** Returns the most severe problem of an effective override; undefined if there is none, or too little is known. */
export function judgeOverride(entry: OverrideEntry, project: Project): OverrideProblem | undefined {
  if (entry.selector === undefined) return { kind: 'selector' };
  const { declared } = entry;
  if (declared.startsWith('$') && specOf(project.manager).overrides.hasReferences) {
    const { rootManifest } = project;
    const isMissing =
      rootManifest !== undefined && !dependenciesByName(rootManifest.dependencies).has(declared.slice(1));
    if (isMissing) return { kind: 'reference' };
  } else {
    const dependency = conflicting(entry, project);
    if (dependency !== undefined) return { kind: 'conflict', dependency };
  }
  return isAbsent(entry, project) ? { kind: 'absent' } : undefined;
}

/** Returns the direct dependency that npm compares the override with: npm does so for the root only, comparing text. */
function conflicting(
  { selector, declared }: OverrideEntry,
  { manager, rootManifest }: Project,
): ManifestDependency | undefined {
  if (!specOf(manager).overrides.keepsRoot || rootManifest === undefined || selector === undefined)
    return undefined;
  const { parents, target } = selector;
  if (parents.length > 0 || declared === '' || declared === '*') return undefined;
  const same = dependenciesByName(effectiveDependencies(rootManifest)).get(target.name) ?? [];
  if (same.some((dependency) => dependency.declared === declared)) return undefined;
  return same.find((dependency) => isAbout(target.range, dependency));
}

/**
 * Checks whether a key such as `a@^1` applies to what the dependency declares. One without a range applies to anything.
 */
function isAbout(range: string | undefined, { declared, specifier }: ManifestDependency): boolean {
  if (declared === undefined) return false;
  if (range === undefined || range === '' || range === '*') return true;
  const inner = specifier.type === 'alias' ? specifier.inner : specifier;
  if (inner.type !== 'version' && inner.type !== 'range') return false;
  return semver.validRange(range) !== null && semver.intersects(inner.range, range);
}

/**
 * Checks whether no package in a completely read lockfile has the name. An override of some versions only is accepted:
 * it guards against their return.
 */
function isAbsent({ selector, effective }: OverrideEntry, { lockfile }: Project): boolean {
  if (selector === undefined || selector.target.range !== undefined) return false;
  if (effective === undefined || effective === '-') return false;
  if (lockfile?.status !== 'checked' || lockfile.entries.length === 0) return false;
  const { type } = readSpecifier(selector.target.name, effective);
  // A package replaced by another one or a folder may be listed under that one's name.
  const isPlain = type === 'version' || type === 'range' || type === 'tag';
  return isPlain && !lockedNames(lockfile).has(selector.target.name);
}
