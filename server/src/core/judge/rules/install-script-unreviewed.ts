import { mayHaveScript } from '../../know/facts/locked-scripts.ts';
import {
  anyVersionKey,
  exactKey,
  type Undecided,
  undecidedScripts,
} from '../../know/facts/unreviewed-scripts.ts';
import { isNewScript } from '../../know/scripts/new-script.ts';
import { describeEffect, scriptEffect } from '../../know/scripts/script-effect.ts';
import type { ScriptIdentity } from '../../know/scripts/script-identity.ts';
import {
  type DecisionSubject,
  decisionOn,
  decisionTitle,
  type Wanted,
  writeDecisions,
} from '../../know/scripts/write-decision.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { specOf } from '../../read/manager/managers.ts';
import { lockedEntry } from '../../read/project/locked/locked-dependency.ts';
import type { Project } from '../../read/project/project.ts';
import type { Fix, Severity } from '../../read/text/finding.ts';
import type { Span } from '../../read/text/span.ts';
import { namesAndMore, plural } from '../../read/text/words/words.ts';
import { defineRule, type FixContext, type Found, type RuleContext } from '../check/rule.ts';
import { reportsIn } from '../exposure/affecting.ts';
import { knownAgainst } from '../exposure/known-against.ts';

/**
 * An install script has all permissions of the user, and most malicious packages use one. The lockfile records which
 * packages have one for npm 7 and later, pnpm up to 8 except for optional packages, and recent versions of Bun; for
 * others the registry does. The package manager's own settings record which may run. Known false positives: none known;
 * a package that builds native code is as unreviewed as any other.
 */
interface Unreviewed extends DecisionSubject {
  /** Whether the package manager supports decisions about single packages; Yarn 1 does not. */
  readonly isDecidable: boolean;
  /** Whether an ineffective approval of this version exists. */
  readonly approvedInVain: boolean;
  /** A clause with what the package manager will do. */
  readonly outcome: string;
  /** A sentence with how to decide. */
  readonly how: string;
  /** If one finding is for all packages, as nobody can decide on a single one. */
  readonly all?: { readonly count: number; readonly names: readonly string[] };
}

/** The entries of one version. */
interface Copies {
  readonly identity: ScriptIdentity;
  readonly entries: LockEntry[];
  /** Whether a manifest declares one of them, and has the finding. */
  readonly isDeclared?: boolean;
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

| Package manager | An unreviewed install script | Decisions are read in |
| --- | --- | --- |
| npm before 11.16 | runs | – |
| npm 11.16 and later | runs, with a notice | \`allowScripts\` of the root package.json |
| npm 12 | skipped | \`allowScripts\` |
| pnpm up to 9 | runs | \`pnpm.neverBuiltDependencies\`, or \`pnpm.onlyBuiltDependencies\`, which denies all others |
| pnpm 10.0 to 10.25 | skipped, with a warning | \`onlyBuiltDependencies\` and \`ignoredBuiltDependencies\` |
| pnpm 10.26 and later | skipped, with a warning | \`allowBuilds\` of pnpm-workspace.yaml |
| pnpm 11 and later | the install fails | \`allowBuilds\` |
| Yarn 1 | runs | –, all scripts or none |
| Yarn 2 to 4.13 | runs | \`dependenciesMeta\` of the root package.json |
| Yarn 4.14 and later | skipped | \`dependenciesMeta\` |
| Bun | skipped, unless in its own list | \`trustedDependencies\`, which replaces that list |

Lockfiles of Yarn, of pnpm since version 9, of older versions of Bun and of npm up to 6 do not record which packages
have scripts. If registry access is allowed, the rule asks registries about declared dependencies and packages that are
new since the base. \`check --trust --deep\` asks about all packages. The rest is reported as not checked.

npm before 11.16 and Yarn 1 run all scripts or none. There, one finding stands for all packages of the project.

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
      const together = allUndecided(context, undecided);
      if (together !== undefined) {
        const [section] = manifest.sections;
        if (section !== undefined && importer === firstImporter(lockfile))
          yield foundTogether(section.keySpan, together, project);
        return;
      }
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
      if (allUndecided(context, undecided) !== undefined) return;
      const { first } = dependentsIn(lockfile, project);
      // A decision is on a version, so further copies of it are the same finding.
      const copies = new Map<string, Copies>();
      for (const entry of entries) {
        const identity = undecided(entry);
        if (identity === undefined) continue;
        const key = JSON.stringify([exactKey(identity) ?? anyVersionKey(identity), entry.version?.value]);
        const of = copies.get(key) ?? { identity, entries: [] };
        copies.set(key, { ...of, isDeclared: of.isDeclared === true || first.has(entry.key) });
        of.entries.push(entry);
      }
      for (const { identity, entries: all, isDeclared } of copies.values()) {
        const [entry, ...others] = all;
        if (isDeclared === true || entry === undefined) continue;
        const own = found(entry.keySpan, entry.name, entry, identity, project);
        const related = others.slice(0, MOST_RELATED).map(({ keySpan: span }) => ({
          ...{ uri: lockfile.uri, span, message: 'Another copy.' },
        }));
        yield related.length === 0 ? own : { ...own, related };
      }
    },
  },
  message({ data }) {
    if (data.all !== undefined) {
      const { count, names } = data.all;
      return `${plural(count, 'package')} have install scripts, and ${data.outcome}: ${namesAndMore(names, MOST_NAMES, count)}. ${data.how}.`;
    }
    const who = data.version === null ? data.package : `${data.package} ${data.version}`;
    const hasVainApproval = data.isDecidable && data.approvedInVain;
    const script =
      data.isDecidable && !hasVainApproval ? 'an unreviewed install script' : 'an install script';
    const why = hasVainApproval
      ? `. The approval of ${data.package}@${data.version} has no effect, as the lockfile records no registry URL for it`
      : '';
    const how = hasVainApproval ? 'Approve it by name, or deny it' : data.how;
    return `${who} has ${script}, and ${data.outcome}${why}. ${how}.`;
  },
  *fix({ data }, context) {
    if (data.all !== undefined) return;
    const { project, advisories } = context;
    const { package: name, version } = data;
    const isMalware =
      version === null
        ? reportsIn(project, advisories)(name).some((advisory) => advisory.isMalware)
        : knownAgainst(project, advisories).isMalware(name, version);
    const decide = (allowed: boolean): readonly Fix[] => {
      const written = writeDecisions([decisionOn(data, allowed)], project);
      if (written === undefined) return [];
      const title = decisionTitle(data, allowed, written);
      return [{ title, applicability: 'unsafe', edits: written.edits }];
    };
    const approve = isMalware ? [] : decide(true);
    const deny = decide(false);
    yield* isNewScript(name, project) ? [...deny, ...approve] : [...approve, ...deny];
    if (!isMalware && !isNewScript(name, project)) yield* approveAll(context);
  },
});

/** More names would hide what to do. */
const MOST_NAMES = 4;

/** More places are in the lockfile. */
const MOST_RELATED = 20;

/** More names would not fit a title. */
const MOST_AT_ONCE = 20;

/** Approves the locked versions of all unreviewed packages, if there are several and nothing is known against them. */
function approveAll(context: FixContext): readonly Fix[] {
  const { project, advisories, moment } = context;
  let fixes = approvedAtOnce.get(moment);
  if (fixes !== undefined) return fixes;
  fixes = [];
  const undecided = undecidedScripts(context);
  const all = new Map<string, Wanted>();
  for (const entry of project.lockfile?.entries ?? []) {
    const identity = undecided(entry);
    if (identity === undefined) continue;
    const key = exactKey(identity) ?? anyVersionKey(identity);
    all.set(key, { name: entry.name, version: entry.version?.value, key, allowed: true });
    if (all.size > MOST_AT_ONCE) break;
  }
  const locked = [...all.values()];
  const hasVersions = specOf(project.manager).scripts.versionsInKey(project.manager) !== 'none';
  const requests = hasVersions ? locked : [...new Map(locked.map((each) => [each.name, each])).values()];
  const { isMalware } = knownAgainst(project, advisories);
  const isReviewable = locked.every(
    ({ name, version }) =>
      (version === undefined || !isMalware(name, version)) && !isNewScript(name, project),
  );
  if (requests.length > 1 && requests.length <= MOST_AT_ONCE && isReviewable) {
    const written = writeDecisions(requests, project);
    const title = `Approve all ${requests.length} packages with unreviewed install scripts`;
    if (written !== undefined)
      fixes = [
        {
          title: `${title}: add ${written.content} to ${written.setting}`,
          applicability: 'unsafe',
          edits: written.edits,
        },
      ];
  }
  approvedAtOnce.set(moment, fixes);
  return fixes;
}

/** The same fix for each finding of one state. */
const approvedAtOnce = new WeakMap<object, readonly Fix[]>();

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
  const { review, isDecidable, howToDecide } = specOf(project.manager).scripts;
  const data: Unreviewed = {
    package: entry.name,
    version: version ?? null,
    exactKey: exact ?? null,
    anyVersionKey: anyVersionKey(identity),
    isDecidable: isDecidable(project.manager),
    approvedInVain:
      review === 'allowScripts' &&
      decisions.some(({ key, allowed }) => allowed === true && key === `${entry.name}@${version}`),
    outcome: describeEffect(effect, project.manager),
    how: howToDecide(project),
  };
  return { span, severity, data, package: name, ...(version === undefined ? {} : { version }) };
}

/** Returns the packages that nobody can decide on one by one, if there are several; undefined otherwise. */
function allUndecided(
  { project }: Pick<RuleContext, 'project'>,
  undecided: Undecided,
): readonly LockEntry[] | undefined {
  const { lockfile, manager } = project;
  if (lockfile === undefined || specOf(manager).scripts.isDecidable(manager)) return undefined;
  const all = lockfile.entries.filter((entry) => undecided(entry) !== undefined);
  return all.length > 1 ? all : undefined;
}

/** Returns the path of the first manifest with dependencies, the root's before its members'. */
function firstImporter({ importers }: Lockfile): string | undefined {
  return [...importers.keys()].sort().find((path) => importers.get(path)!.edges.length > 0);
}

function foundTogether(span: Span, entries: readonly LockEntry[], project: Project): Found<Unreviewed> {
  const [first] = entries;
  const names = [
    ...new Set(
      entries.map(({ name, version }) => (version === undefined ? name : `${name} ${version.value}`)),
    ),
  ];
  const effect = scriptEffect(project);
  const one = found(
    span,
    first!.name,
    first!,
    { type: 'registry', name: first!.name, version: undefined },
    project,
  );
  const outcome = describeEffect(effect, project.manager, 'them');
  const related = entries.slice(0, MOST_RELATED).map(({ keySpan, name }) => ({
    uri: project.lockfile!.uri,
    span: keySpan,
    message: `${name} has an install script.`,
  }));
  return {
    span,
    severity: one.severity!,
    data: { ...one.data, outcome, all: { count: names.length, names } },
    related,
  };
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
