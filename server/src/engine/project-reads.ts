import type { Manifest } from '../core/manifest/manifest.ts';
import type { Project } from '../core/project/project.ts';
import type { CheckedFile } from '../core/rules/rule.ts';

/** What one run of rules read of its project, with what it got. */
export interface ProjectReads {
  readonly members: Map<keyof Project, unknown>;
  /** Of the root manifest, where the unit's file is another. */
  readonly rootManifest: Map<keyof Manifest, unknown>;
}

/**
 * The project as a unit gets it: whatever is read of it is recorded, of the root manifest by its members, so that
 * typing in it costs only the units that read what changed. Every run reads `policy` and its place.
 */
export function recordReads(
  project: Project,
  file: CheckedFile,
): { readonly project: Project; readonly reads: ProjectReads } {
  const { policy, policyBase } = project;
  const members = new Map<keyof Project, unknown>([
    ['policy', policy],
    ['policyBase', policyBase],
  ]);
  const reads: ProjectReads = { members, rootManifest: new Map() };
  const { rootManifest } = project;
  const isOwn = rootManifest === undefined || rootManifest === file;
  const recorded: Partial<Project> = isOwn
    ? {}
    : { rootManifest: recording(rootManifest, MANIFEST_MEMBERS, reads.rootManifest) };
  return { project: recording(project, PROJECT_MEMBERS, reads.members, recorded), reads };
}

/** Whether another state of the project would have given the same to whoever read it. */
export function sameReads(reads: ProjectReads, project: Project): boolean {
  for (const [key, value] of reads.members) {
    if (key === 'rootManifest' && reads.rootManifest.size > 0) continue;
    if (
      key === 'rootManifest' ? (project[key] === undefined) !== (value === undefined) : project[key] !== value
    ) {
      return false;
    }
  }
  const { rootManifest } = project;
  for (const [key, value] of reads.rootManifest) {
    if (rootManifest === undefined || !isSame(value, rootManifest[key], MOST_LEVELS)) return false;
  }
  return true;
}

const MOST_LEVELS = 6;

/** Equality of plain values, maps and sets, spans and all; anything deeper or stranger is another. */
function isSame(a: unknown, b: unknown, levels: number): boolean {
  if (Object.is(a, b)) return true;
  if (levels === 0 || typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return false;
  if (a instanceof Map || a instanceof Set) {
    const isOneKind = (a instanceof Map && b instanceof Map) || (a instanceof Set && b instanceof Set);
    return isOneKind && a.size === b.size && isSame([...a], [...b], levels);
  }
  if (Array.isArray(a) !== Array.isArray(b) || b instanceof Map || b instanceof Set) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => isSame(a[key as keyof typeof a], b[key as keyof typeof b], levels - 1));
}

function recording<T extends object>(
  source: T,
  members: readonly (keyof T)[],
  reads: Map<keyof T, unknown>,
  recorded: Partial<T> = {},
): T {
  const copy = {} as T;
  for (const member of members) {
    Object.defineProperty(copy, member, {
      enumerable: true,
      get() {
        const value = source[member];
        reads.set(member, value);
        return recorded[member] ?? value;
      },
    });
  }
  return copy;
}

/** Every member, which the compiler checks. */
const PROJECT_MEMBERS = Object.keys({
  root: true,
  repository: true,
  rootManifest: true,
  members: true,
  memberNames: true,
  manager: true,
  lockfile: true,
  lockfiles: true,
  npmConfig: true,
  policy: true,
  policyBase: true,
  scopeEvidence: true,
  exoticNames: true,
  gitIgnore: true,
  insideMember: true,
} satisfies Record<keyof Project, true>) as (keyof Project)[];

const MANIFEST_MEMBERS = Object.keys({
  kind: true,
  uri: true,
  text: true,
  problems: true,
  rootSpan: true,
  name: true,
  version: true,
  private: true,
  sections: true,
  dependencies: true,
  workspaces: true,
  packageManager: true,
  devEnginesPackageManager: true,
  volta: true,
  allowScripts: true,
  publishConfig: true,
  scripts: true,
  overrides: true,
  bundled: true,
} satisfies Record<keyof Manifest, true>) as (keyof Manifest)[];
