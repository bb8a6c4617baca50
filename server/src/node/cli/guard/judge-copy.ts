import { buildGraph } from '../../../core/read/graph/build-graph.ts';
import { dayOf } from '../../../core/read/policy-file/day.ts';
import { graphOptionsOf } from '../../../core/read/project/graph-options-of.ts';
import { unaskedPackages } from '../../../core/read/project/locked/asked-entries.ts';
import type { Uri } from '../../../core/read/text/paths/uri.ts';
import { worstFirst } from '../../../core/show/report/check/rank-findings.ts';
import { reportCoverage } from '../../../core/show/report/check/report-coverage.ts';
import { guardFindings } from '../../../core/show/report/guard/guard-findings.ts';
import { guardGaps } from '../../../core/show/report/guard/guard-gaps.ts';
import type { GuardReport } from '../../../core/show/report/guard/guard-report.ts';
import { createSession } from '../../../engine/create-session.ts';
import type { GitPort } from '../../../engine/ports.ts';
import { reportOf } from '../../../engine/report/report-of.ts';
import type { ProjectSnapshot } from '../../../engine/session.ts';
import { DEFAULT_ADVISORY_SOURCES } from '../../../engine/settings.ts';
import { uriOfPath } from '../../disk-files.ts';
import { createNodePorts } from '../../node-ports.ts';
import { deepFindings, NOTHING_JUDGED } from '../check/deep-findings.ts';
import { directoryTrust } from '../directory-trust.ts';
import type { Terminal } from '../terminal.ts';
import { VERSION } from '../version.ts';
import { addedEntries } from './added-entries.ts';
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
  const { committedLockfile, lockfileBase } = project.project;
  const isSame = lockfileBase === 'same';
  const added = addedEntries(isSame ? [] : lockfile.entries, committedLockfile?.entries ?? []);
  const graph = buildGraph(lockfile, graphOptionsOf(project, lockfile.uri));
  const own = report.findings.filter(({ finding }) => project.files.has(finding.uri));
  const ranked = worstFirst(own).map(({ finding }) => finding);
  const entries = judgesAll ? lockfile.entries : [...added];
  return {
    packages: { all: lockfile.entries.length, new: added.size },
    findings: guardFindings(ranked, { added, graph, judgesAll }),
    ...guardGaps(reportCoverage(report, now).gaps, entries),
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
