import type { LockEntry } from '../../core/read/lockfile/model/lockfile.ts';
import { askedEntries, registryNames } from '../../core/read/project/locked/asked-entries.ts';
import { directNames } from '../../core/read/project/locked/direct-entries.ts';
import type { AskedRange, Project } from '../../core/read/project/project.ts';
import type { Finding, Fix } from '../../core/read/text/finding.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import type { NotChecked, Progress, Session } from '../session.ts';

/** Findings in lockfiles based on registry facts about part of their packages. */
export interface JudgedPart {
  readonly findings: readonly { readonly finding: Finding; readonly fixes: readonly Fix[] }[];
  readonly notChecked: readonly NotChecked[];
}

/** The number of packuments in memory at once; each may take several hundred kilobytes. */
const AT_ONCE = 200;

/**
 * Requests facts about every locked package, part by part, and yields the findings of each part. Memory holds the
 * packuments of one part. The session keeps the last part, whose findings belong to the result.
 */
export async function* judgeAllLocked(
  session: Session,
  progress: Progress | undefined,
): AsyncGenerator<JudgedPart> {
  const lockfiles = session
    .snapshot()
    .projects.flatMap(({ project: { root, lockfile } }) =>
      lockfile === undefined ? [] : [{ root, count: registryNames(lockfile).size }],
    );
  const total = lockfiles.reduce((sum, { count }) => sum + count, 0);
  for (let start = 0; start < total; start += AT_ONCE) {
    session.askAbout(rangesWithin(lockfiles, start, start + AT_ONCE));
    const size = Math.min(AT_ONCE, total - start);
    await session.settle({
      report(_, done, all) {
        const share = all === undefined || all === 0 ? 0 : done / all;
        progress?.report('Asking about locked packages:', start + Math.floor(share * size), total);
      },
    });
    yield partOf(session);
    for (const { project } of session.snapshot().projects) session.forget(project, undeclaredIn(project));
  }
}

function rangesWithin(
  lockfiles: readonly { readonly root: Uri; readonly count: number }[],
  from: number,
  to: number,
): ReadonlyMap<Uri, AskedRange> {
  const ranges = new Map<Uri, AskedRange>();
  let before = 0;
  for (const { root, count } of lockfiles) {
    const range = { from: Math.max(0, from - before), to: Math.min(count, to - before) };
    if (range.from < range.to) ranges.set(root, range);
    before += count;
  }
  return ranges;
}

function partOf(session: Session): JudgedPart {
  const snapshot = session.snapshot();
  const parts = snapshot.projects.map(({ project: { lockfile } }) => {
    if (lockfile === undefined) return NOTHING;
    const { findings, notChecked } = snapshot.diagnose(lockfile.uri);
    return {
      findings: findings.map((finding) => keptFinding(finding, snapshot.fixesOf(finding))),
      notChecked,
    };
  });
  return {
    findings: parts.flatMap(({ findings }) => findings),
    notChecked: parts.flatMap(({ notChecked }) => notChecked),
  };
}

const NOTHING: JudgedPart = { findings: [], notChecked: [] };

/** Replaces the function that plans fixes, which would keep all facts of that moment in memory. */
function keptFinding(finding: Finding, fixes: readonly Fix[]) {
  return { finding: { ...finding, fixes: () => fixes }, fixes };
}

/** Yields the packages that no manifest declares; the checks of manifests still need the others. */
function* undeclaredIn(project: Project): Generator<LockEntry> {
  const declared = project.lockfile === undefined ? new Set<string>() : directNames(project.lockfile);
  for (const entry of askedEntries(project)) if (!declared.has(entry.name)) yield entry;
}
