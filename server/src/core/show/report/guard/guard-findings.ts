import { RULES } from '../../../judge/rules/index.ts';
import type { DependencyGraph } from '../../../read/graph/dependency-graph.ts';
import { findNodes } from '../../../read/graph/find-nodes.ts';
import { shortestPaths } from '../../../read/graph/shortest-paths.ts';
import { entryAt } from '../../../read/lockfile/faults/entries-mentioning.ts';
import type { LockEntry } from '../../../read/lockfile/model/lockfile.ts';
import type { Finding } from '../../../read/text/finding.ts';
import type { GuardFinding } from './guard-report.ts';

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

/** What a command would install. */
export interface Installed {
  /** The packages that the lockfile lacked before. */
  readonly added: ReadonlySet<LockEntry>;
  readonly graph: DependencyGraph;
  /** Whether the whole lockfile is installed. */
  readonly judgesAll: boolean;
}

/** Returns the findings on packages that would be installed, each once and in their order. */
export function guardFindings(findings: readonly Finding[], installed: Installed): readonly GuardFinding[] {
  return onePerPackage(findings.flatMap((finding) => guardFinding(finding, installed) ?? []));
}

/** Checks whether a rule is about what is installed. */
export function isGuardRule(rule: string): boolean {
  return SUBJECT_OF.has(rule);
}

/** Returns a finding on a package that would be installed; undefined for others. */
function guardFinding(finding: Finding, { added, graph, judgesAll }: Installed): GuardFinding | undefined {
  const { rule, severity, message } = finding;
  const subject = SUBJECT_OF.get(rule);
  const entry = entryOf(finding, graph, added);
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

/** Returns the package of a finding. Of several versions that it may be about, a new one counts. */
function entryOf(
  finding: Finding,
  graph: DependencyGraph,
  added: ReadonlySet<LockEntry>,
): LockEntry | undefined {
  const { lockfile } = graph;
  const own = finding.uri === lockfile.uri ? entryAt(lockfile.entries, finding.span.start) : undefined;
  if (own !== undefined) return own;
  const [affected] = finding.advisories ?? [];
  const name = affected?.package ?? finding.package;
  if (name === undefined) return undefined;
  const version = affected === undefined ? finding.version : affected.version;
  const entries = findNodes(graph, { name, version }).flatMap((node) => graph.packages[node]?.entry ?? []);
  return entries.find((entry) => added.has(entry)) ?? entries[0];
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
