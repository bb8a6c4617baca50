import type { Manifest } from '../../core/read/manifest/manifest.ts';
import type { CheckedFile } from '../../core/read/project/checked-file.ts';
import type { Project } from '../../core/read/project/project.ts';

/** The members of a project that one run of rules read, with their values. */
export interface ProjectReads {
  readonly members: Map<keyof Project, unknown>;
  /** Members of the root manifest, if the unit checks another file. */
  readonly rootManifest: Map<keyof Manifest, unknown>;
}

/** Two states of a file. */
export interface Replaced {
  readonly before: CheckedFile;
  readonly after: CheckedFile;
}

/**
 * Wraps a project so that every member read is recorded, for the root manifest member by member. Edits of it then rerun
 * only the units that read a changed member. Every run reads `policy` and its place.
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
    : { rootManifest: recordManifest(rootManifest, reads.rootManifest, {}) };
  return { project: recordProject(project, reads.members, recorded), reads };
}

/**
 * Checks whether another state of the project has the same values for all recorded reads.
 *
 * @param file replaces the file that was read and is known to be equivalent
 */
export function sameReads(reads: ProjectReads, project: Project, file?: Replaced): boolean {
  for (const [key, value] of reads.members) {
    if (key === 'rootManifest' && reads.rootManifest.size > 0) continue;
    if (file !== undefined && value === file.before && project[key] === file.after) continue;
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

/** Compares plain values, maps and sets, including spans; deeper or other values count as different. */
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

/**
 * Returns a factory of objects that look like their source and record every member read; members in `instead` replace
 * those of the source. The getters are on the prototype: own getters would give every object its own shape, which is
 * slow to read and never freed by the collector of young objects.
 */
function recorderOf<T extends object>(members: readonly (keyof T)[]) {
  class Recorder {
    readonly #source: T;
    readonly #reads: Map<keyof T, unknown>;
    readonly #instead: Partial<T>;

    static {
      for (const member of members) {
        const get = function (this: Recorder) {
          const value = this.#source[member];
          this.#reads.set(member, value);
          return this.#instead[member] ?? value;
        };
        Object.defineProperty(Recorder.prototype, member, { enumerable: true, get });
      }
    }

    constructor(source: T, reads: Map<keyof T, unknown>, instead: Partial<T>) {
      this.#source = source;
      this.#reads = reads;
      this.#instead = instead;
    }
  }
  return (source: T, reads: Map<keyof T, unknown>, instead: Partial<T>): T =>
    new Recorder(source, reads, instead) as unknown as T;
}

/** Every member; the compiler checks that none is missing. */
const PROJECT_MEMBERS = Object.keys({
  root: true,
  repository: true,
  rootManifest: true,
  members: true,
  memberNames: true,
  libraries: true,
  manager: true,
  gitHubOwner: true,
  lockfile: true,
  lockfiles: true,
  base: true,
  committedLockfile: true,
  lockfileBase: true,
  lockfileBases: true,
  askedRange: true,
  configurationBefore: true,
  reviewed: true,
  filePolicies: true,
  policyLoosenings: true,
  policyOverruled: true,
  newCode: true,
  sinceBase: true,
  startedCode: true,
  npmConfig: true,
  pnpmWorkspace: true,
  yarnrcs: true,
  bunfig: true,
  catalogs: true,
  catalogPlaces: true,
  overrides: true,
  overridePlaces: true,
  policy: true,
  trust: true,
  trustsPolicy: true,
  policyBase: true,
  checkedFolder: true,
  unreadDeclaration: true,
  governedLockfiles: true,
  scopeEvidence: true,
  exoticNames: true,
  exoticSources: true,
  gitIgnore: true,
  automation: true,
  bots: true,
  updateBot: true,
  sbom: true,
  buildContext: true,
  insideMember: true,
  usage: true,
  installState: true,
  installedLicenses: true,
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
  repository: true,
  isLibrary: true,
  sections: true,
  dependencies: true,
  workspaces: true,
  packageManager: true,
  devEnginesPackageManager: true,
  volta: true,
  engines: true,
  allowScripts: true,
  publishConfig: true,
  scripts: true,
  overrides: true,
  resolutions: true,
  pnpm: true,
  catalogs: true,
  trustedDependencies: true,
  dependenciesMeta: true,
  optionalPeers: true,
  bundled: true,
} satisfies Record<keyof Manifest, true>) as (keyof Manifest)[];

const recordProject = recorderOf<Project>(PROJECT_MEMBERS);
const recordManifest = recorderOf<Manifest>(MANIFEST_MEMBERS);
