import {
  describeTaken,
  noteLines,
  RESPONSE_LEAD,
  RESPONSE_STEPS,
} from '../../../judge/rules/response-steps.ts';
import { knownToTake } from '../../../know/registry/releases/takeover-of.ts';
import { automationSystemOf } from '../../../read/automation/automation.ts';
import { formatMinute, longDate } from '../../../read/text/words/dates.ts';
import { namesAndMore, plural } from '../../../read/text/words/words.ts';
import type {
  IncidentEvent,
  IncidentFinding,
  IncidentReport,
  IncidentRepository,
  IncidentVerdict,
} from './incident-report.ts';
import { verdictOf } from './incident-report.ts';

const MOST_NAMES = 5;

/** Returns the verdict on a repository with its times: "hit now", "was hit from … to …". */
export function formatVerdict(repository: IncidentRepository): string {
  const verdict = verdictOf(repository);
  const { findings, gaps } = repository;
  const incomplete = gaps.length > 0 && findings.length > 0 ? ', and something could not be read' : '';
  const times = (pick: (finding: IncidentFinding) => number | undefined) =>
    findings.flatMap((finding) => pick(finding) ?? []);
  const from = times((finding) => finding.from);
  const since = from.length === 0 ? '' : formatMinute(Math.min(...from));
  switch (verdict) {
    case 'hit-now':
      return `hit now${since === '' ? '' : `, since ${since}`}${incomplete}`;
    case 'was-hit': {
      const to = times((finding) => finding.to);
      const until = to.length === 0 ? 'an unknown time' : formatMinute(Math.max(...to));
      return `was hit from ${since === '' ? 'an unknown time' : since} to ${until}${incomplete}`;
    }
    case 'unknown':
      return repository.commits + repository.lockfiles === 0
        ? 'unknown, as nothing was searched'
        : 'unknown, as something could not be read';
    case 'not-hit':
      return 'not hit';
  }
}

/** Returns the facts of a finding, each a line. */
export function findingLines(finding: IncidentFinding, isHistory: boolean): readonly string[] {
  const { now, copy, jobs, installed, installable, claims, detailsOf } = finding;
  const lines = [
    now.length === 0
      ? 'Now: in no branch and not in the working tree'
      : `Now: ${namesAndMore(now, MOST_NAMES)}`,
    ...describeWindow(finding, isHistory),
    ...describeReport(claims),
    `Could be installed: ${installable.state}, as ${installable.detail}`,
  ];
  if (copy === undefined) lines.push('Use: not looked at');
  else {
    lines.push(`Use: ${describeUse(copy.development, copy.optional)}`);
    lines.push(`Dependency path: ${formatPath(copy.dependencyPath)}`);
    lines.push(`Install script: ${describeScript(copy.installScript)}`);
  }
  const of = detailsOf === undefined ? '' : ` of ${shortId(detailsOf)}`;
  if (jobs === undefined) lines.push('CI: not looked at');
  else if (jobs.length === 0) lines.push(`CI: no job${of} installs with this package manager`);
  else
    for (const { path, job, command, isFrozen } of jobs)
      lines.push(
        `CI${of}: ${path}, ${automationSystemOf(`/${path}`) === 'docker' ? 'stage' : 'job'} ${job}: ${command}${isFrozen ? '' : ' (may install other versions)'}`,
      );
  lines.push(
    installed.length === 0
      ? 'On this machine: not found where it was searched'
      : `On this machine: ${installed.map(({ isShared, path }) => (isShared ? "npm's cache" : path)).join(', ')}`,
  );
  return lines;
}

function describeWindow({ from, to, events, now }: IncidentFinding, isHistory: boolean): readonly string[] {
  // No commit has the record of what is installed.
  if (!isHistory || now.includes('node_modules')) return [];
  if (events.length === 0) return ['Locked: in no commit that a branch or tag contains'];
  const start = from === undefined ? 'an unknown time' : formatMinute(from);
  return [`Locked: from ${start} ${to === undefined ? 'until now' : `to ${formatMinute(to)}`}`];
}

/** Returns the ids and the day of the earliest report, as a line; none if nothing is known of it. */
function describeReport(claims: IncidentFinding['claims']): readonly string[] {
  const ids = [...new Set(claims.flatMap((claim) => claim.ids))];
  const days = claims.flatMap(({ reported }) => reported ?? []).sort();
  const known = [
    ...(days[0] === undefined ? [] : [longDate(days[0])]),
    ...(ids.length === 0 ? [] : [namesAndMore(ids, MOST_NAMES)]),
  ];
  return known.length === 0 ? [] : [`Reported: ${known.join(', ')}`];
}

function describeUse(development: boolean | undefined, optional: boolean | undefined): string {
  if (development === undefined) return 'the lockfile does not record it';
  return `${development ? 'development' : 'production'}${optional === true ? ', optional' : ''}`;
}

export function formatPath(path: readonly string[] | undefined): string {
  if (path === undefined) return 'the lockfile does not record it';
  const [importer, ...names] = path;
  return [importer === '' ? 'the root' : importer, ...names].join(' > ');
}

function describeScript(script: boolean | undefined): string {
  if (script === undefined) return 'the lockfile does not record it';
  return script ? 'yes' : 'none';
}

/** Returns an event as cells: time, what happened, commit and branches. */
export function eventCells(event: IncidentEvent): readonly [string, string, string, string] {
  const { type, authored, commit, isMerge, moved, branches } = event;
  const direction = type === 'entered' ? 'from' : 'to';
  const what = `${type}${isMerge ? ' with a merge' : ''}${moved === undefined ? '' : `, moved ${direction} ${moved}`}`;
  const where =
    branches === undefined
      ? 'branches not looked at'
      : branches.length === 0
        ? 'in no branch'
        : namesAndMore(branches, MOST_NAMES);
  return [formatMinute(authored), what, shortId(commit), where];
}

function shortId(commit: string): string {
  return commit.slice(0, 12);
}

const LABELS: readonly (readonly [verdict: IncidentVerdict, label: string])[] = [
  ['hit-now', 'hit now'],
  ['was-hit', 'hit earlier'],
  ['unknown', 'unknown'],
  ['not-hit', 'not hit'],
];

/** Returns the counts of verdicts: "1 hit now, 3 not hit". */
export function formatCounts({ repositories }: IncidentReport): string {
  const counts = LABELS.flatMap(([verdict, label]) => {
    const count = repositories.filter((each) => verdictOf(each) === verdict).length;
    return count === 0 ? [] : [`${count} ${label}`];
  });
  return counts.length === 0 ? 'nothing was searched' : counts.join(', ');
}

/** Returns what was searched in a repository. */
export function formatSearched(
  { commits, lockfiles }: Pick<IncidentRepository, 'commits' | 'lockfiles'>,
  isHistory: boolean,
): string {
  const texts = lockfiles === 0 ? 'no lockfile was found' : plural(lockfiles, 'lockfile text');
  return isHistory ? `${texts}, ${plural(commits, 'commit')}` : texts;
}

/** Returns the question with the versions that it is about: "Incident chalk: chalk 5.6.1". */
export function formatQuestion({ label, packages, asked }: IncidentReport): string {
  if (asked === undefined) return `Incident ${label}: ${plural(packages, 'package')}`;
  const { name, range } = asked;
  return `Incident ${label}${label === `${name}@${range}` ? '' : `: ${name} ${range}`}`;
}

const UPDATE = 'Update to a version that is not affected, and deploy it.';

/** Returns a lead and what to do, in order; none if nothing was hit. */
export function nextSteps(report: IncidentReport): readonly string[] {
  const { repositories, notes } = report;
  const findings = repositories.flatMap((repository) => repository.findings);
  const kinds = new Set(
    findings.flatMap(({ claims, version }) => claims.map((claim) => claim.kind(version))),
  );
  if (kinds.size === 0) return [];
  const more = [
    ...rollbacks(report),
    ...(notes === undefined ? [] : noteLines(notes).slice(1).map(withoutBullet)),
  ];
  if (!kinds.has('malware') && !kinds.has('unknown')) return [UPDATE, ...more];
  const taken = [...new Set(findings.flatMap(({ name, version }) => knownToTake(name, version)))];
  const steps = Object.entries(RESPONSE_STEPS).map(([key, step]) =>
    key === 'credentials' ? `${step}${describeTaken(taken)}` : step,
  );
  if (kinds.has('malware')) return [RESPONSE_LEAD, ...steps, ...more];
  return [
    `${UPDATE} No advisory on this machine says whether it is malware. If it is, and a machine has installed it, treat the machine as compromised:`,
    ...steps,
    ...more,
  ];
}

function withoutBullet(line: string): string {
  return line.slice('- '.length);
}

const MOST_ROLLBACKS = 20;

/** Returns the commands that bring back lockfiles of working trees from before the versions entered them, one for each. */
function rollbacks({ repositories }: IncidentReport): readonly string[] {
  const commands: string[] = [];
  for (const { path, kind, findings } of repositories) {
    if (kind !== 'repository') continue;
    for (const lockfile of new Set(findings.map((finding) => finding.lockfile))) {
      const { commit = '', before } = firstEntry(findings.filter((each) => each.lockfile === lockfile)) ?? {};
      if (before === undefined || ![path, ...before].every(isPlainPath)) continue;
      const others = before.slice(1);
      commands.push(
        `Roll back ${lockfile} to the state before ${commit.slice(0, 10)}${others.length === 0 ? '' : `, with ${others.join(', ')}`}, then install: git -C ${path} restore --source=${commit}~1 -- ${before.join(' ')}`,
      );
    }
  }
  return commands.slice(0, MOST_ROLLBACKS);
}

/**
 * Returns the event before which a lockfile had none of the versions that it has now, and no other one. Undefined for a
 * merge, which has several states before it; for a lockfile that moved; and where the history was not read.
 */
function firstEntry(findings: readonly IncidentFinding[]): IncidentEvent | undefined {
  const isNow = ({ now }: IncidentFinding) => now.includes('working tree');
  const entries = findings.filter(isNow).map(({ events }) => events.at(-1));
  let entry: IncidentEvent | undefined;
  for (const each of entries) {
    if (each?.type !== 'entered') return undefined;
    if (entry === undefined || each.committed < entry.committed) entry = each;
  }
  for (let isOlder = true; isOlder && entry !== undefined; ) {
    const { committed, branches } = entry;
    const isBefore = (each: IncidentEvent) =>
      each.committed < committed &&
      (each.branches === undefined || branches?.some((name) => each.branches!.includes(name)) !== false);
    const others = findings.map(({ events }) => events.findLast(isBefore));
    const older = others.find((each) => each?.type === 'entered');
    isOlder = older !== undefined;
    entry = older ?? entry;
  }
  return entry === undefined || entry.isMerge || entry.moved !== undefined ? undefined : entry;
}

/** A path that means the same in every shell. */
function isPlainPath(path: string): boolean {
  return /^[\w./@+][\w./@+-]*$/.test(path);
}
