import semver from 'semver';
import type { FileEdit, Fix, Severity } from '../finding.ts';
import type { LockEntry, Lockfile } from '../lockfile/lockfile.ts';
import type { Project } from '../project/project.ts';
import { approveScripts, denyScripts } from '../scripts/edit-allow-scripts.ts';
import type { ScriptIdentity } from '../scripts/script-identity.ts';
import { anyVersionKey, exactKey, undecidedScripts } from '../scripts/unreviewed-scripts.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { defineRule, type Found } from './rule.ts';

/**
 * An install script runs with everything that the person at the keyboard may do, and is how most malicious packages
 * act. The lockfile says which packages have one; npm's allowScripts in the root manifest says who may. Only npm's
 * decisions are read, so projects of other package managers get no finding. Known false positives: none known; a
 * package that builds native code is as undecided as any other.
 */
interface Unreviewed {
  readonly package: string;
  readonly version: string | null;
  /** The key that approves this version alone; null where the lockfile does not prove the version. */
  readonly exactKey: string | null;
  readonly anyVersionKey: string;
  /** Whether an approval of this version is there, but without effect. */
  readonly approvedInVain: boolean;
  readonly effect: Effect;
  /** The major version of npm, where it is known. */
  readonly npm: number | null;
}

type Effect = 'runs' | 'skipped' | 'fails' | 'ignored';

export const installScriptUnreviewed = defineRule({
  id: 'install-script-unreviewed',
  category: 'scripts',
  severity: 'warning',
  facts: [],
  options: {},
  docs: {
    summary: 'A locked package runs a script when it is installed, and nobody decided whether it may.',
    why: `Install scripts run on every machine that installs the project, with all its rights. npm up to 11 runs them, from 11.16
on with a notice; npm 12 skips those that \`allowScripts\` in the root package.json does not approve. Approve the exact version that you have
looked at, or deny the package by name.

Where the lockfile records no address for a package, npm cannot prove its version: only an approval by name has an effect.`,
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
  check: {
    *manifest(manifest, { project }) {
      const importer = project.members.get(manifest.uri)?.path;
      const { lockfile } = project;
      if (importer === undefined || lockfile === undefined || project.manager.name !== 'npm') return;
      const undecided = undecidedScripts(project);
      const seen = new Set<string>();
      for (const { section, name, nameSpan } of manifest.dependencies) {
        if (section === 'peerDependencies') continue;
        const entry = lockfile.resolve(importer, name);
        const identity = entry === undefined ? undefined : undecided(entry);
        if (identity === undefined || seen.has(name)) continue;
        seen.add(name);
        if (firstDependent(entry!, lockfile, project) !== importer) continue;
        const related = [
          {
            uri: lockfile.uri,
            span: entry!.keySpan,
            message: 'The lockfile says that it has an install script.',
          },
        ];
        yield { ...found(nameSpan, name, entry!, identity, project), related };
      }
    },
    *lockfile(lockfile, { project }) {
      if (lockfile !== project.lockfile || project.manager.name !== 'npm') return;
      const undecided = undecidedScripts(project);
      for (const entry of lockfile.entries) {
        const identity = undecided(entry);
        if (identity === undefined) continue;
        if (firstDependent(entry, lockfile, project) === undefined)
          yield found(entry.keySpan, entry.name, entry, identity, project);
      }
    },
  },
  message({ data }) {
    const who = data.version === null ? data.package : `${data.package} ${data.version}`;
    const why = data.approvedInVain
      ? `the approval of ${data.package}@${data.version} has no effect, as the lockfile records no registry address for it`
      : 'no decision is recorded in allowScripts';
    return `${who} has an install script; ${why}, and ${consequence(data)}.`;
  },
  *fix({ data }, { project, text }) {
    const uri = project.rootManifest?.uri;
    const before = uri === undefined ? undefined : text(uri);
    if (uri === undefined || before === undefined) return;
    const fixOf = (title: string, edits: readonly TextEdit[] | undefined): Fix[] => {
      const changes: FileEdit[] = (edits ?? []).map((edit) => ({ uri, ...edit }));
      return changes.length === 0 ? [] : [{ title, applicability: 'unsafe', edits: changes }];
    };
    const who = data.version === null ? data.package : `${data.package} ${data.version}`;
    if (data.exactKey === null) {
      const title = `Approve the script of every version of ${data.package} in allowScripts, as the lockfile records no registry address for ${who}`;
      yield* fixOf(title, approveScripts(before, data.anyVersionKey, project));
    } else {
      const edits = approveScripts(before, data.exactKey, project);
      yield* fixOf(`Approve the script of ${who} in allowScripts`, edits);
    }
    yield* fixOf(
      `Deny the scripts of ${data.package} in allowScripts`,
      denyScripts(before, data.anyVersionKey),
    );
  },
});

function found(
  span: Span,
  name: string,
  entry: LockEntry,
  identity: ScriptIdentity,
  project: Project,
): Found<Unreviewed> {
  const version = entry.version?.value;
  const exact = exactKey(identity);
  const effect = effectIn(project);
  const severity: Severity = effect === 'ignored' ? 'hint' : 'warning';
  const decisions = project.rootManifest?.allowScripts?.decisions ?? [];
  const data: Unreviewed = {
    package: entry.name,
    version: version ?? null,
    exactKey: exact ?? null,
    anyVersionKey: anyVersionKey(identity),
    approvedInVain: decisions.some(
      ({ key, allowed }) => allowed === true && key === `${entry.name}@${version}`,
    ),
    effect,
    npm: project.manager.version === undefined ? null : semver.major(project.manager.version),
  };
  return { span, severity, data, package: name, ...(version === undefined ? {} : { version }) };
}

type Members = Project['members'];

const known = new WeakMap<
  Lockfile,
  { readonly members: Members; readonly first: ReadonlyMap<string, string> }
>();

/**
 * The path of the first manifest that depends on the entry itself, the root's before its members': reported there, and
 * there only, as one decision in the root manifest holds for all of them.
 */
function firstDependent(entry: LockEntry, lockfile: Lockfile, { members }: Project): string | undefined {
  let of = known.get(lockfile);
  if (of?.members !== members) {
    of = { members, first: firstDependents(lockfile, members) };
    known.set(lockfile, of);
  }
  return of.first.get(entry.key);
}

function firstDependents(lockfile: Lockfile, members: Members): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const path of [...members.values()].map((member) => member.path).sort()) {
    for (const { section, name } of lockfile.importers.get(path)?.edges ?? []) {
      const entry = section === 'peerDependencies' ? undefined : lockfile.resolve(path, name);
      if (entry !== undefined && !first.has(entry.key)) first.set(entry.key, path);
    }
  }
  return first;
}

/** What this project's npm does with a script that nobody decided about; an unknown version is taken to be npm 11. */
function effectIn({ npmConfig, manager }: Project): Effect {
  if (npmConfig.get('ignore-scripts')?.value === 'true') return 'ignored';
  const version = manager.version ?? '11.21.0';
  const isStrict = npmConfig.get('strict-allow-scripts')?.value === 'true' && semver.gte(version, '11.16.0');
  if (isStrict) return 'fails';
  return semver.major(version) >= 12 ? 'skipped' : 'runs';
}

function consequence({ effect, npm }: Unreviewed): string {
  switch (effect) {
    case 'ignored':
      return 'only ignore-scripts keeps it from running';
    case 'fails':
      return 'strict-allow-scripts makes the install fail';
    case 'skipped':
      return `npm ${npm} will skip it`;
    case 'runs':
      return npm === null ? 'npm up to 11 will run it' : `npm ${npm} will run it`;
  }
}
