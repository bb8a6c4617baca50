import semver from 'semver';
import { shownText } from '../../read/lockfile/model/shown-text.ts';
import { managerOfLockfile } from '../../read/manager/manager-of-lockfile.ts';
import { managerTitle } from '../../read/manager/manager-title.ts';
import { specNamed } from '../../read/manager/managers.ts';
import type { PackageManagerName } from '../../read/manager/package-manager.ts';
import { readPackageManager } from '../../read/manager/read-package-manager.ts';
import type { DevEngine, Manifest } from '../../read/manifest/manifest.ts';
import type { Project } from '../../read/project/project.ts';
import type { Fix } from '../../read/text/finding.ts';
import { setProperty } from '../../read/text/json/json-edit.ts';
import { nameOf } from '../../read/text/paths/uri.ts';
import { type Located, type Span, START } from '../../read/text/span.ts';
import { defineRule, type Found } from '../check/rule.ts';

/**
 * Defaults for dependency scripts, cooldowns and git dependencies differ between package managers and their versions.
 * Known false positives: a team that pins the version outside the repository.
 */
interface Unpinned {
  /**
   * undecided: there are lockfiles of several managers, and nothing determines which one is used; contradiction:
   * `devEngines` does not allow the version in `packageManager`.
   */
  readonly kind: 'missing' | 'undecided' | 'malformed' | 'other' | 'contradiction';
  readonly field: 'packageManager' | 'devEngines.packageManager';
  readonly manager: PackageManagerName;
  readonly declared: string | null;
  readonly reason: string | null;
  readonly lockfile: string | null;
  /** An exact version found elsewhere in the manifest. */
  readonly known: string | null;
}

export const packageManagerUnpinned = defineRule({
  id: 'package-manager-unpinned',
  category: 'versions',
  preset: 'recommended',
  severity: 'information',
  facts: [],
  options: {},
  docs: {
    summary:
      'No package manager version is pinned, the pin is malformed, or it names another manager than the lockfile.',
    why: `npm 11 runs the install scripts of dependencies and npm 12 does not, and other defaults differ as well.
\`packageManager\` (read by Corepack and by many tools) or \`devEngines.packageManager\` (read by npm) makes everyone
install alike. A malformed pin is an error, or a warning for npm and Bun, which do not read \`packageManager\` themselves.`,
    bad: `-- package.json --
{
  "name": "shop"
          ^^^^^^ package-manager-unpinned
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": { "": { "name": "shop" } }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "packageManager": "npm@11.19.1"
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": { "": { "name": "shop" } }
}
`,
  },
  check: {
    *manifest(manifest, { project }): Generator<Found<Unpinned>> {
      if (project.members.get(manifest.uri)?.path !== '' || manifest.rootSpan === undefined) return;
      const pin = manifest.packageManager;
      const found =
        pin === undefined
          ? (judgeEngines(manifest, project) ?? unpinned(manifest, manifest.rootSpan, project))
          : (judgePin(manifest, pin, project) ?? contradiction(manifest, pin));
      if (found !== undefined) yield found;
    },
  },
  message({ data: { kind, field, manager, declared, reason, lockfile } }) {
    switch (kind) {
      case 'missing':
        return `No version of ${managerTitle(manager)} is pinned. Add "packageManager": "${manager}@<version>", as the defaults for install scripts differ by version.`;
      case 'undecided':
        return 'No package manager is configured for this project. Add "packageManager": "<name>@<version>", as each reads its own lockfile.';
      case 'malformed':
        return `${JSON.stringify(declared)} is not a package manager with an exact version: ${reason}.`;
      case 'other':
        return `"${field}" names ${managerTitle(manager)}, but the lockfile here is ${lockfile}, which ${managerTitle(manager)} does not read. Change one of them.`;
      case 'contradiction':
        return `"packageManager" is ${JSON.stringify(declared)}, which "devEngines.packageManager" does not allow (${reason}). Change one of them.`;
    }
  },
  *fix({ data, span }, { file, uri }): Generator<Fix> {
    if (file.kind !== 'manifest' || (data.kind !== 'missing' && data.kind !== 'malformed')) return;
    const { manager, known } = data;
    if (known === null) {
      if (data.kind === 'malformed') return;
      yield {
        title: `Copy the command that pins the version of ${managerTitle(manager)} in use, as none is written down here`,
        applicability: 'display-only',
        edits: [],
        command: `npm pkg set packageManager="${manager}@$(${manager} --version)"`,
      };
      return;
    }
    const value = `${manager}@${known}`;
    const edits =
      data.kind === 'malformed'
        ? [{ span, newText: JSON.stringify(value) }]
        : setProperty(file.text, ['packageManager'], value);
    if (edits === undefined) return;
    const title = `${data.kind === 'malformed' ? 'Replace with' : 'Add'} "packageManager": ${JSON.stringify(value)}`;
    yield { title, applicability: 'unsafe', edits: edits.map((edit) => ({ uri, ...edit })) };
  },
});

function unpinned(manifest: Manifest, root: Span, project: Project): Found<Unpinned> | undefined {
  const lockfile = project.lockfiles[0];
  if (lockfile === undefined || isPinnedElsewhere(manifest, project)) return undefined;
  const manager = project.manager.name;
  const isUndecided = project.manager.because === 'default';
  const known = isUndecided ? null : knownVersion(manifest, manager, project);
  return {
    span: placeIn(manifest, root),
    data: {
      kind: isUndecided ? 'undecided' : 'missing',
      field: 'packageManager',
      manager,
      declared: null,
      reason: null,
      lockfile: nameOf(lockfile.uri),
      known,
    },
    severity: managersOf(project).size > 1 ? 'warning' : 'information',
  };
}

/** Checks whether `devEngines`, Volta or a copy of Yarn in the repository determines the version. */
function isPinnedElsewhere(manifest: Manifest, project: Project): boolean {
  const { name, because } = project.manager;
  if (manifest.devEnginesPackageManager.some(({ version }) => version !== undefined)) return true;
  if (because !== 'default' && manifest.volta.has(name)) return true;
  return specNamed(name).isPinnedBy(project);
}

/** Judges `devEngines` if none of its managers reads the lockfile. */
function judgeEngines(manifest: Manifest, project: Project): Found<Unpinned> | undefined {
  const engines = manifest.devEnginesPackageManager;
  const lockfile = project.lockfiles[0];
  const [first] = engines;
  const manager = engines.map(managerIn).find((name) => name !== undefined);
  if (first === undefined || manager === undefined || lockfile === undefined) return undefined;
  const managers = managersOf(project);
  if (engines.some((engine) => managers.has(managerIn(engine)!))) return undefined;
  const base = { manager, declared: first.name.value, reason: null, lockfile: nameOf(lockfile.uri) };
  return {
    span: first.name.span,
    data: { kind: 'other', field: 'devEngines.packageManager', ...base, known: null },
    severity: 'warning',
    related: [{ uri: lockfile.uri, span: START, message: 'The lockfile that is here.' }],
  };
}

/** Detects a `packageManager` that no entry of `devEngines` allows: npm rejects it, and others use one or the other. */
function contradiction(manifest: Manifest, pin: Located<string>): Found<Unpinned> | undefined {
  const pinned = readPackageManager(pin.value);
  const engines = manifest.devEnginesPackageManager;
  if (pinned === undefined || engines.length === 0) return undefined;
  const allows = ({ name, version }: DevEngine) => {
    if (name.value !== pinned.name) return false;
    if (version === undefined || pinned.version === undefined) return true;
    const isRange = semver.validRange(version.value, { loose: true }) !== null;
    return !isRange || semver.satisfies(pinned.version, version.value, { loose: true });
  };
  if (engines.some(allows)) return undefined;
  const reason = engines
    .map(({ name, version }) => `${name.value} ${version?.value ?? ''}`.trim())
    .join(', ');
  return {
    span: pin.span,
    data: {
      kind: 'contradiction',
      field: 'packageManager',
      manager: pinned.name,
      declared: pin.value,
      reason: shownText(reason, 80),
      lockfile: null,
      known: null,
    },
    severity: 'warning',
    related: engines.map(({ name }) => ({
      uri: manifest.uri,
      span: name.span,
      message: 'This is what devEngines allows.',
    })),
  };
}

function managerIn({ name }: DevEngine): PackageManagerName | undefined {
  return readPackageManager(name.value)?.name;
}

function judgePin(manifest: Manifest, pin: Located<string>, project: Project): Found<Unpinned> | undefined {
  const declared = pin.value;
  const manager = readPackageManager(declared)?.name;
  // Corepack's plugins and other tools have package managers of their own.
  if (manager === undefined && /^[@\w./-]+@.+/.test(declared)) return undefined;
  const base = { field: 'packageManager', manager: manager ?? project.manager.name, declared } as const;
  const reason = malformed(declared);
  if (reason !== undefined) {
    const known = manager === undefined ? null : knownVersion(manifest, manager, project);
    return {
      span: pin.span,
      data: { kind: 'malformed', ...base, reason, lockfile: null, known },
      severity: manager === undefined || specNamed(manager).obeysPackageManager ? 'error' : 'warning',
    };
  }
  const other = project.lockfiles[0];
  if (manager === undefined || other === undefined || managersOf(project).has(manager)) return undefined;
  return {
    span: pin.span,
    data: { kind: 'other', ...base, reason: null, lockfile: nameOf(other.uri), known: null },
    severity: 'warning',
    related: [{ uri: other.uri, span: START, message: 'The lockfile that is here.' }],
  };
}

/** Returns the managers with lockfiles in the root. */
function managersOf(project: Project): ReadonlySet<PackageManagerName> {
  return new Set(project.lockfiles.map(({ format }) => managerOfLockfile(format)));
}

/** Returns the value of `name`, or the opening brace of the manifest. */
function placeIn(manifest: Manifest, root: Span): Span {
  return manifest.name?.span ?? { start: root.start, end: root.start + 1 };
}

/**
 * Returns an exact version of the manager that the manifest states for another tool, or that another file in the root
 * states.
 */
function knownVersion(manifest: Manifest, manager: PackageManagerName, project: Project): string | null {
  const engine = manifest.devEnginesPackageManager.find(({ name }) => name.value === manager);
  const inUse = project.manager.name === manager ? project.manager.version : undefined;
  const candidates = [engine?.version?.value, inUse, manifest.volta.get(manager)?.value];
  return candidates.find((version) => version !== undefined && semver.valid(version) === version) ?? null;
}

const HASH_LENGTHS: Readonly<Record<string, number>> = {
  sha1: 40,
  sha224: 56,
  sha256: 64,
  sha384: 96,
  sha512: 128,
};

/**
 * Checks Corepack's grammar: `name@x.y.z`, optionally with `+algorithm.hex`; a URL in place of the version is accepted.
 */
function malformed(declared: string): string | undefined {
  const at = declared.indexOf('@', 1);
  if (at === -1 || at === declared.length - 1) return 'the version is missing';
  const version = declared.slice(at + 1);
  if (version.includes('://')) return undefined;
  if (semver.valid(version) === null) return 'its version is not exact';
  const hash = version.slice(version.indexOf('+') + 1);
  const dot = hash.indexOf('.');
  const length = version.includes('+') && dot !== -1 ? HASH_LENGTHS[hash.slice(0, dot)] : undefined;
  if (length === undefined) return undefined;
  const digest = hash.slice(dot + 1);
  return digest.length === length && /^[0-9a-f]+$/i.test(digest) ? undefined : 'its checksum is not complete';
}
