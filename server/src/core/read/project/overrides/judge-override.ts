import semver from 'semver';
import { lockedNames } from '../../lockfile/model/locked-names.ts';
import { specOf } from '../../manager/managers.ts';
import { dependenciesByName } from '../../manifest/dependencies-by-name.ts';
import { effectiveDependencies } from '../../manifest/effective-dependencies.ts';
import type { ManifestDependency } from '../../manifest/manifest.ts';
import { readSpecifier } from '../../manifest/read-specifier.ts';
import type { Project } from '../project.ts';
import type { OverrideEntry } from './overrides.ts';

/**
 * What is wrong with an override that its package manager reads. selector: its keys cannot be read; reference: `$name`
 * names no direct dependency; conflict: npm refuses it; exotic: it takes the package from elsewhere than a registry;
 * absent: nothing in the lockfile has the name.
 */
export type OverrideProblem =
  | { readonly kind: 'selector' | 'reference' | 'exotic' | 'absent' }
  | { readonly kind: 'conflict'; readonly dependency: ManifestDependency };

/** The gravest problem of an override that counts; undefined where it is well, or too little is known. */
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
    if (isExoticValue(entry)) return { kind: 'exotic' };
  }
  return isAbsent(entry, project) ? { kind: 'absent' } : undefined;
}

/** The direct dependency that npm compares the override with, as it does for the root only, and text by text. */
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

/** Whether a key such as `a@^1` is about what the dependency declares. One without a range is about anything. */
function isAbout(range: string | undefined, { declared, specifier }: ManifestDependency): boolean {
  if (declared === undefined) return false;
  if (range === undefined || range === '' || range === '*') return true;
  const inner = specifier.type === 'alias' ? specifier.inner : specifier;
  if (inner.type !== 'version' && inner.type !== 'range') return false;
  return semver.validRange(range) !== null && semver.intersects(inner.range, range);
}

function isExoticValue({ effective, selector }: OverrideEntry): boolean {
  if (effective === undefined || selector === undefined || !/[/:]/.test(effective)) return false;
  const { type } = readSpecifier(selector.target.name, effective);
  return type === 'git' || type === 'remote';
}

/**
 * Whether no package in a wholly read lockfile has the name. An override of some versions only is let pass: it keeps those
 * out should they come.
 */
function isAbsent({ selector, effective }: OverrideEntry, { lockfile }: Project): boolean {
  if (selector === undefined || selector.target.range !== undefined) return false;
  if (effective === undefined || effective === '-') return false;
  if (lockfile?.status !== 'checked' || lockfile.entries.length === 0) return false;
  const { type } = readSpecifier(selector.target.name, effective);
  // What is replaced by another package or a folder may stand under that one's name.
  const isPlain = type === 'version' || type === 'range' || type === 'tag';
  return isPlain && !lockedNames(lockfile).has(selector.target.name);
}
