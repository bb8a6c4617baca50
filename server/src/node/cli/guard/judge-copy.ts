import type { CoverageGap, GapReason } from '../../../core/judge/check/coverage.ts';
import { RULES } from '../../../core/judge/rules/index.ts';
import { buildGraph } from '../../../core/read/graph/build-graph.ts';
import type { DependencyGraph } from '../../../core/read/graph/dependency-graph.ts';
import { findNodes } from '../../../core/read/graph/find-nodes.ts';
import { shortestPaths } from '../../../core/read/graph/shortest-paths.ts';
import { entryAt } from '../../../core/read/lockfile/faults/entries-mentioning.ts';
import type { LockEntry } from '../../../core/read/lockfile/model/lockfile.ts';
import { dayOf } from '../../../core/read/policy-file/day.ts';
import { unaskedPackages } from '../../../core/read/project/locked/asked-entries.ts';
import type { Finding } from '../../../core/read/text/finding.ts';
import type { Uri } from '../../../core/read/text/paths/uri.ts';
import { worstFirst } from '../../../core/show/report/check/rank-findings.ts';
import { reportCoverage } from '../../../core/show/report/check/report-coverage.ts';
import type { GuardFinding, GuardReport } from '../../../core/show/report/guard/guard-report.ts';
import { createSession } from '../../../engine/create-session.ts';
import type { GitPort } from '../../../engine/ports.ts';
import type { ProjectSnapshot } from '../../../engine/session.ts';
import { DEFAULT_ADVISORY_SOURCES } from '../../../engine/settings.ts';
import { uriOfPath } from '../../disk-files.ts';
import { createNodePorts } from '../../node-ports.ts';
import { deepFindings, NOTHING_JUDGED } from '../check/deep-findings.ts';
import { reportOf } from '../check/report-of.ts';
import { directoryTrust } from '../directory-trust.ts';
import { graphOptionsOf } from '../graphed-lockfiles.ts';
import type { Terminal } from '../terminal.ts';
import { VERSION } from '../version.ts';
import type { ResolvedCopy } from './resolve-copy.ts';

type Judged = Pick<GuardReport, 'packages' | 'findings' | 'failed' | 'unknown'>;

export interface JudgeOptions {
  readonly offline: boolean;
  /** Whether packages are judged that the lockfile had before, because all of it is installed. */
  readonly judgesAll: boolean;
  readonly progress: Terminal['progress'];
}

/**
 * Judges what the lockfile of a copy would install, as `check --trust` does: new and changed packages, and those that were
 * locked before as far as the command installs them too.
 */
export async function judgeCopy(
  copy: ResolvedCopy,
  { offline, judgesAll, progress }: JudgeOptions,
): Promise<Judged | { readonly reason: string }> {
  const root = uriOfPath(copy.root);
  const top = uriOfPath(copy.top);
  const ports = { ...createNodePorts({ roots: () => [top], version: VERSION }), git: baseOf(copy.before) };
  const session = createSession(ports);
  session.configure({
    ...{ online: !offline, severities: new Map(), policyFile: undefined },
    ...{ advisorySources: DEFAULT_ADVISORY_SOURCES, base: BASE, checkedFolder: root },
    ...directoryTrust(root, true),
  });
  session.setFolders([top]);
  await session.loadFolder(root, progress);
  await session.settle(progress);
  const isDeep = judgesAll || hasUnasked(session.snapshot().projects, root);
  const deep = isDeep && !offline ? await deepFindings(session, progress) : NOTHING_JUDGED;
  const snapshot = session.snapshot();
  const project = snapshot.projects.find((each) => each.project.root === root);
  const now = ports.clock.now();
  const place = { root, path: copy.root, excluded: [], gitFailures: new Map(), uncompared: [] };
  const asked = { offline, trusted: true, popularNames: ports.popularNames(), today: dayOf(now) };
  const report = reportOf(snapshot, place, asked, deep, progress);
  session.dispose();
  progress.end();
  const lockfile = project?.project.lockfile;
  if (project === undefined || lockfile === undefined || lockfile.status !== 'checked')
    return {
      reason: `the lockfile is not read${lockfile?.reason === undefined ? '' : `: ${lockfile.reason}`}`,
    };
  const added = addedEntries(project);
  const names = new Set([...added].map(({ name }) => name));
  const isJudged = (name: string) => judgesAll || names.has(name.replace(/(?<=.)@.*$/, ''));
  const graph = buildGraph(lockfile, graphOptionsOf(project, lockfile.uri));
  const view = { added, graph, project, judgesAll };
  const findings = worstFirst(report.findings)
    .filter(({ finding }) => project.files.has(finding.uri))
    .flatMap(({ finding }) => guardFinding(finding, view) ?? []);
  const gaps = reportCoverage(report, now)
    .gaps.filter(isWanted)
    .filter(({ packages = [] }) => packages.length === 0 || packages.some(isJudged));
  return {
    packages: { all: lockfile.entries.length, new: added.size },
    findings: onePerPackage(findings),
    failed: gaps.filter(({ reason }) => FAILURES.has(reason)),
    unknown: gaps.filter(({ reason }) => !FAILURES.has(reason)),
  };
}

const BASE = 'HEAD';

/** Returns git with a single commit, which has the files as they were copied. */
function baseOf(before: ReadonlyMap<Uri, string>): GitPort {
  const absent = { type: 'absent', commit: BASE } as const;
  return {
    async textAt(uri) {
      const text = before.get(uri);
      return text === undefined ? absent : { type: 'text', commit: BASE, text };
    },
  };
}

/** Checks for packages beyond those that one round asks about: of a first lockfile, or more than a thousand. */
function hasUnasked(projects: readonly ProjectSnapshot[], root: Uri): boolean {
  const found = projects.find(({ project }) => project.root === root);
  return found !== undefined && unaskedPackages(found.project) !== undefined;
}

/** Returns packages that the lockfile lacked before, or had with another source or hash. */
function addedEntries({ project }: ProjectSnapshot): ReadonlySet<LockEntry> {
  const { lockfile, committedLockfile, lockfileBase } = project;
  if (lockfile === undefined || lockfileBase === 'same') return new Set();
  const before = new Set(committedLockfile?.entries.map(identityOf));
  return new Set(lockfile.entries.filter((entry) => !before.has(identityOf(entry))));
}

function identityOf({ name, version, source, resolved, integrity }: LockEntry): string {
  return JSON.stringify([name, version?.value, source, resolved?.value, integrity?.value]);
}

/** The subjects of rules by their category. Others are about the project and not about what it installs. */
const SUBJECTS: Readonly<Record<string, string>> = {
  advisories: 'vulnerability',
  identity: 'name',
  lockfile: 'lockfile',
  registry: 'source',
  releases: 'release',
  scripts: 'script',
};
const OF_RULES: Readonly<Record<string, string>> = {
  'malicious-version': 'malware',
  'maintainer-alert': 'malware',
  'fresh-version': 'age',
  'new-package': 'age',
  'publisher-changed': 'publisher',
  'provenance-downgrade': 'provenance',
  'provenance-repository-mismatch': 'provenance',
  'signature-unverified': 'signature',
};
const SUBJECT_OF = new Map(
  RULES.flatMap(({ id, category }) => {
    const subject = OF_RULES[id] ?? SUBJECTS[category];
    return subject === undefined ? [] : [[id, subject] as const];
  }),
);

interface View {
  readonly added: ReadonlySet<LockEntry>;
  readonly graph: DependencyGraph;
  readonly project: ProjectSnapshot;
  readonly judgesAll: boolean;
}

/** Returns a finding on a package that would be installed; undefined for others. */
function guardFinding(
  finding: Finding,
  { added, graph, project, judgesAll }: View,
): GuardFinding | undefined {
  const { rule, severity, message } = finding;
  const subject = SUBJECT_OF.get(rule);
  const entry = entryOf(finding, project, graph);
  if (subject === undefined || entry === undefined) return undefined;
  // The user's own registry may be one without encryption, or on this machine.
  if (rule === 'insecure-url' && entry.source === 'registry') return undefined;
  const isLocked = !added.has(entry);
  // Malware would be installed with the rest, whatever is added.
  if (isLocked && !judgesAll && subject !== 'malware') return undefined;
  return {
    ...{ rule, subject, severity, message, isLocked },
    stops: stops(finding, isLocked),
    package: entry.name,
    version: entry.version?.value,
    path: pathTo(entry, graph),
  };
}

function entryOf(
  finding: Finding,
  { project }: ProjectSnapshot,
  graph: DependencyGraph,
): LockEntry | undefined {
  const { lockfile } = project;
  const own = finding.uri === lockfile?.uri ? entryAt(lockfile.entries, finding.span.start) : undefined;
  if (own !== undefined) return own;
  const [affected] = finding.advisories ?? [];
  const name = affected?.package ?? finding.package;
  if (name === undefined) return undefined;
  const version = affected === undefined ? finding.version : affected.version;
  const nodes = findNodes(graph, { name, version });
  return nodes.map((node) => graph.packages[node]?.entry).find((entry) => entry !== undefined);
}

/**
 * New packages stop the command from warnings on, locked ones from errors on. Known vulnerabilities of locked packages
 * are no reason not to install, and neither is a script that the package manager will not run.
 */
function stops({ rule, severity, data }: Finding, isLocked: boolean): boolean {
  if (severity !== 'error' && (isLocked || severity !== 'warning')) return false;
  if (rule === 'vulnerable-dependency') return !isLocked;
  const effect = 'effect' in data ? data.effect : undefined;
  return effect !== 'skipped' && effect !== 'fails';
}

function pathTo(entry: LockEntry, graph: DependencyGraph): readonly string[] {
  const node = graph.packages.findIndex((each) => each.entry === entry || each.own === entry);
  const [path] = node === -1 ? [] : shortestPaths(graph, node);
  return path === undefined ? [] : path.edges.map((edge) => graph.edges.names[edge]!);
}

/** Keeps one finding of a rule on a version: a manifest and the lockfile may both have it. */
function onePerPackage(findings: readonly GuardFinding[]): readonly GuardFinding[] {
  const keys = new Set<string>();
  return findings.filter(({ rule, package: name, version }) => {
    const key = JSON.stringify([rule, name, version]);
    if (keys.has(key)) return false;
    keys.add(key);
    return true;
  });
}

/** Gaps that another attempt may close. Without these facts nothing is known to be clean. */
const FAILURES: ReadonlySet<GapReason> = new Set([
  ...(['offline', 'unreachable', 'failed', 'no-access', 'untrusted', 'new-since-base'] as const),
  ...(['damaged', 'unread', 'unsupported', 'not-asked'] as const),
]);

/** Leaves out rules on the upkeep of the project, and packages that registries are asked about by `deep`. */
function isWanted({ reason, rules }: CoverageGap): boolean {
  if (reason === 'not-asked') return false;
  return rules === undefined || rules.some((rule) => SUBJECT_OF.has(rule));
}
