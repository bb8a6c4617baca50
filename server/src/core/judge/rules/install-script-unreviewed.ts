import { mayHaveScript } from '../../know/facts/locked-scripts.ts';
import { anyVersionKey, exactKey, undecidedScripts } from '../../know/facts/unreviewed-scripts.ts';
import { approveScripts, denyScripts } from '../../know/scripts/edit-allow-scripts.ts';
import { describeEffect, scriptEffect } from '../../know/scripts/script-effect.ts';
import type { ScriptIdentity } from '../../know/scripts/script-identity.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { specNamed, specOf } from '../../read/manager/managers.ts';
import type { ScriptEffect } from '../../read/manager/model/scripts.ts';
import type { PackageManagerName } from '../../read/manager/package-manager.ts';
import { PNPM_FIELD } from '../../read/manager/pnpm/files.ts';
import { majorOf } from '../../read/manager/version.ts';
import { lockedEntry } from '../../read/project/locked/locked-dependency.ts';
import type { Project } from '../../read/project/project.ts';
import type { TextEdit } from '../../read/text/edit.ts';
import type { FileEdit, Fix, Severity } from '../../read/text/finding.ts';
import { appendToArray, setProperty } from '../../read/text/json/json-edit.ts';
import type { Span } from '../../read/text/span.ts';
import { defineRule, type Found } from '../check/rule.ts';
import { reportsIn } from '../exposure/affecting.ts';
import { knownAgainst } from '../exposure/known-against.ts';

/**
 * An install script has all permissions of the user, and most malicious packages use one. The lockfile records which
 * packages have one for npm 7 and later, pnpm up to 8 except for optional packages, and recent versions of Bun; for
 * others the registry does. The package manager's own settings record which may run. Known false positives: none known;
 * a package that builds native code is as unreviewed as any other.
 */
interface Unreviewed {
  readonly package: string;
  readonly version: string | null;
  /** The key that approves only this version; null if the lockfile does not prove the version. */
  readonly exactKey: string | null;
  readonly anyVersionKey: string;
  /** Whether the package manager supports decisions about single packages; Yarn 1 does not. */
  readonly isDecidable: boolean;
  /** Whether an ineffective approval of this version exists. */
  readonly approvedInVain: boolean;
  readonly effect: ScriptEffect;
  readonly manager: PackageManagerName;
  /** The package manager's major version, if known. */
  readonly major: number | null;
}

export const installScriptUnreviewed = defineRule({
  id: 'install-script-unreviewed',
  category: 'scripts',
  preset: 'security',
  severity: 'warning',
  facts: ['packument'],
  options: {},
  docs: {
    summary: 'A locked package with an unreviewed install script.',
    why: `Install scripts run on every machine that installs the project, with the user's full rights. Approve the
exact version that you reviewed, or deny the package by name. The package managers differ:

- npm runs them up to version 11, from 11.16 with a notice.
- npm 12 skips them unless \`allowScripts\` in the root package.json approves them.
- pnpm runs them up to version 9, skips them in version 10, and fails from version 11 on, unless its settings decide.
- Bun skips them unless \`trustedDependencies\` names the package.

Lockfiles of Yarn, of pnpm since version 9, of older versions of Bun and of npm up to 6 do not record which packages
have scripts. If registry access is allowed, the rule asks registries about declared dependencies and packages that are
new since the base. \`check --trust --deep\` asks about all packages. The rest is reported as not checked.

If the lockfile records no URL for a package, npm cannot prove its version, and only an approval by name has an
effect. Denying is the first suggested fix if no version of the package had an install script in the base.`,
    bad: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "native": "^1.0.0"
    ^^^^^^^^ install-script-unreviewed
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "native": "^1.0.0" } },
    "node_modules/native": {
      "version": "1.0.0",
      "resolved": "https://registry.public.example.test/native/-/native-1.0.0.tgz",
      "hasInstallScript": true
    }
  }
}
`,
    good: `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "native": "^1.0.0"
  },
  "allowScripts": {
    "native@1.0.0": true
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "native": "^1.0.0" } },
    "node_modules/native": {
      "version": "1.0.0",
      "resolved": "https://registry.public.example.test/native/-/native-1.0.0.tgz",
      "hasInstallScript": true
    }
  }
}
`,
  },
  perEntry: {},
  check: {
    *manifest(manifest, context) {
      const { project } = context;
      const importer = project.members.get(manifest.uri)?.path;
      const { lockfile } = project;
      if (importer === undefined || lockfile === undefined) return;
      const undecided = undecidedScripts(context);
      const { first, names } = dependentsIn(lockfile, project);
      const seen = new Set<string>();
      for (const dependency of manifest.dependencies) {
        const { section, name, nameSpan } = dependency;
        if (!names.has(name) || section === 'peerDependencies') continue;
        const entry = lockedEntry(project, manifest.uri, dependency);
        const identity = entry === undefined ? undefined : undecided(entry);
        if (identity === undefined || seen.has(name)) continue;
        seen.add(name);
        if (first.get(entry!.key) !== importer) continue;
        const message =
          entry!.hasInstallScript === true
            ? 'The lockfile says that it has an install script.'
            : 'The locked version, which has an install script according to its registry.';
        const related = [{ uri: lockfile.uri, span: entry!.keySpan, message }];
        yield { ...found(nameSpan, name, entry!, identity, project), related };
      }
    },
    *lockfile(lockfile, context) {
      const { project, entries } = context;
      if (lockfile !== project.lockfile) return;
      const undecided = undecidedScripts(context);
      for (const entry of entries) {
        const identity = undecided(entry);
        if (identity === undefined) continue;
        if (!dependentsIn(lockfile, project).first.has(entry.key))
          yield found(entry.keySpan, entry.name, entry, identity, project);
      }
    },
  },
  message({ data }) {
    const who = data.version === null ? data.package : `${data.package} ${data.version}`;
    const hasVainApproval = data.isDecidable && data.approvedInVain;
    const script =
      data.isDecidable && !hasVainApproval ? 'an unreviewed install script' : 'an install script';
    const why = hasVainApproval
      ? `. The approval of ${data.package}@${data.version} has no effect, as the lockfile records no registry URL for it`
      : '';
    const then = describeEffect(data.effect, data.manager, data.major);
    return `${who} has ${script}, and ${then}${why}. ${describeDecide(data)}.`;
  },
  *fix({ data }, { project, text, advisories }) {
    const uri = project.rootManifest?.uri;
    const before = uri === undefined ? undefined : text(uri);
    if (uri === undefined || before === undefined) return;
    const fixOf = (title: string, edits: readonly TextEdit[] | undefined): Fix[] => {
      const changes: FileEdit[] = (edits ?? []).map((edit) => ({ uri, ...edit }));
      return changes.length === 0 ? [] : [{ title, applicability: 'unsafe', edits: changes }];
    };
    const who = data.version === null ? data.package : `${data.package} ${data.version}`;
    const isMalware =
      data.version === null
        ? reportsIn(project, advisories)(data.package).some((advisory) => advisory.isMalware)
        : knownAgainst(project, advisories).isMalware(data.package, data.version);
    const { review } = specNamed(data.manager).scripts;
    if (review === 'buildLists') {
      // The lists of pnpm 10 and later also approve scripts, so `pnpm approve-builds` maintains them.
      if (data.effect !== 'runs' || (data.major ?? 9) > 9) return;
      const path = [PNPM_FIELD, 'neverBuiltDependencies'];
      const title = `Deny the scripts of ${data.package} in pnpm.neverBuiltDependencies`;
      yield* fixOf(title, appendToArray(before, path, data.package));
      return;
    }
    if (review === 'trustedDependencies') {
      if (isMalware) return;
      const title = `Let the scripts of every version of ${data.package} run: add it to trustedDependencies`;
      yield* fixOf(title, appendToArray(before, ['trustedDependencies'], data.package));
      return;
    }
    if (review === 'dependenciesMeta') {
      if (!data.isDecidable) return;
      const built = (key: string, allowed: boolean) =>
        setProperty(before, ['dependenciesMeta', key, 'built'], allowed);
      const titleOf = (verb: string, whose: string, name: string, allowed: boolean) =>
        `${verb} ${whose}: set "built" of ${JSON.stringify(name)} in dependenciesMeta to ${allowed}`;
      const { package: name } = data;
      yield* fixOf(titleOf('Deny the scripts of', name, name, false), built(name, false));
      const key = data.exactKey ?? data.package;
      yield* fixOf(titleOf('Approve the script of', who, key, true), built(key, true));
      return;
    }
    const [key, title] =
      data.exactKey === null
        ? [
            data.anyVersionKey,
            `Approve the script of every version of ${data.package}, as the lockfile records no registry URL for ${who}: add ${JSON.stringify(data.anyVersionKey)}: true to allowScripts`,
          ]
        : [
            data.exactKey,
            `Approve the script of ${who}: add ${JSON.stringify(data.exactKey)}: true to allowScripts`,
          ];
    const approve = fixOf(title, approveScripts(before, key, project));
    const deny = fixOf(
      `Deny the scripts of ${data.package}: add ${JSON.stringify(data.anyVersionKey)}: false to allowScripts`,
      denyScripts(before, data.anyVersionKey),
    );
    if (isMalware) yield* deny;
    else yield* isNewScript(data.package, project) ? [...deny, ...approve] : [...approve, ...deny];
  },
});

/**
 * Checks whether no version of the package had an install script in the base, so that it needs a review before
 * approval.
 */
function isNewScript(name: string, { committedLockfile }: Project): boolean {
  if (committedLockfile?.recordsInstallScripts !== true) return false;
  return !committedLockfile.entries.some((entry) => entry.name === name && entry.hasInstallScript === true);
}

function describeDecide({ manager, approvedInVain, isDecidable }: Unreviewed): string {
  if (!isDecidable) return 'Review it, or install with ignore-scripts';
  const { reviewedIn, canDeny } = specNamed(manager).scripts;
  if (!canDeny) return `Add it to ${reviewedIn} if it may run`;
  return approvedInVain ? 'Approve it by name, or deny it' : `Approve or deny it in ${reviewedIn}`;
}

function found(
  span: Span,
  name: string,
  entry: LockEntry,
  identity: ScriptIdentity,
  project: Project,
): Found<Unreviewed> {
  const version = entry.version?.value;
  const exact = exactKey(identity);
  const effect = scriptEffect(project);
  const severity: Severity = effect === 'ignored' ? 'hint' : 'warning';
  const decisions = project.rootManifest?.allowScripts?.decisions ?? [];
  const { review } = specOf(project.manager).scripts;
  const data: Unreviewed = {
    package: entry.name,
    version: version ?? null,
    exactKey: exact ?? null,
    anyVersionKey: anyVersionKey(identity),
    isDecidable: review !== 'none',
    approvedInVain:
      review === 'allowScripts' &&
      decisions.some(({ key, allowed }) => allowed === true && key === `${entry.name}@${version}`),
    effect,
    manager: project.manager.name,
    major: majorOf(project.manager.version) ?? null,
  };
  return { span, severity, data, package: name, ...(version === undefined ? {} : { version }) };
}

/** The manifests that depend directly on entries. */
interface Dependents {
  /**
   * The path of the first manifest by entry key, the root's before its members'. An entry is reported only there, as
   * one decision in the root manifest applies to all of them.
   */
  readonly first: ReadonlyMap<string, string>;
  /**
   * The names by which manifests depend on entries that may have install scripts: few, if the lockfile records which
   * do.
   */
  readonly names: ReadonlySet<string>;
}

type Members = Project['members'];

const known = new WeakMap<Lockfile, Dependents & { readonly members: Members }>();

function dependentsIn(lockfile: Lockfile, { members }: Project): Dependents {
  let dependents = known.get(lockfile);
  if (dependents?.members !== members) {
    dependents = { members, ...findDependents(lockfile, members) };
    known.set(lockfile, dependents);
  }
  return dependents;
}

function findDependents(lockfile: Lockfile, members: Members): Dependents {
  const first = new Map<string, string>();
  const names = new Set<string>();
  for (const path of [...members.values()].map((member) => member.path).sort()) {
    const importer = lockfile.importers.get(path);
    for (const edge of importer?.edges ?? []) {
      const entry = edge.section === 'peerDependencies' ? undefined : lockfile.follow(importer!, edge);
      if (entry === undefined || !mayHaveScript(entry, lockfile)) continue;
      names.add(edge.name);
      if (!first.has(entry.key)) first.set(entry.key, path);
    }
  }
  return { first, names };
}
