import { isFixtureFile } from '../../core/read/project/fixture-files.ts';
import { unaskedPackages } from '../../core/read/project/locked/asked-entries.ts';
import { hasUnusedConfiguration } from '../../core/read/project/own-configuration.ts';
import type { Project } from '../../core/read/project/project.ts';
import type { Finding, Fix } from '../../core/read/text/finding.ts';
import { indexLines } from '../../core/read/text/lines/line-index.ts';
import { joinUri, type Uri } from '../../core/read/text/paths/uri.ts';
import {
  makeReport,
  type Report,
  type ReportedFinding,
  type ReportedGap,
  type ReportedProject,
  type ReportedUnasked,
} from '../../core/show/report/check/report.ts';
import type { UncomparedFile } from '../base/changed-programs.ts';
import type { ExcludedFile } from '../projects/folder-walk.ts';
import type { Progress, ProjectSnapshot, Snapshot } from '../session.ts';
import type { JudgedPart } from '../units/judge-all-locked.ts';
import { offlineGap, offlineSource } from './offline-gaps.ts';
import { undecidedIn } from './undecided-in.ts';

export interface Asked {
  /** Whether the user disabled all requests. */
  readonly offline: boolean;
  /** Whether the user trusts the directory, without which nothing is sent either. */
  readonly trusted: boolean;
  /** The text of the bundled list, with its date in the first line. */
  readonly popularNames: string;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/** The checked directory and its gaps. */
export interface CheckedDirectory {
  readonly root: Uri;
  readonly path: string;
  readonly excluded: readonly ExcludedFile[];
  readonly gitFailures: ReadonlyMap<Uri, string>;
  readonly uncompared: readonly UncomparedFile[];
}

/** Plans its fixes when they are first read: a text report shows those of a few findings only. */
class SnapshotFinding implements ReportedFinding {
  readonly finding: Finding;
  readonly #snapshot: Snapshot;
  #fixes: readonly Fix[] | undefined;

  constructor(finding: Finding, snapshot: Snapshot) {
    this.finding = finding;
    this.#snapshot = snapshot;
  }

  get fixes(): readonly Fix[] {
    this.#fixes ??= this.#snapshot.fixesOf(this.finding);
    return this.#fixes;
  }
}

/** Diagnoses every file of a snapshot once, and creates the report from that and from earlier findings. */
export function reportOf(
  snapshot: Snapshot,
  { root, path, excluded, gitFailures, uncompared }: CheckedDirectory,
  asked: Asked,
  judged: JudgedPart,
  progress: Progress,
): Report {
  const uris = new Set(snapshot.checked.flatMap(({ files }) => [...files.keys()]));
  const findings: ReportedFinding[] = [...judged.findings];
  const notChecked: ReportedGap[] = [...judged.notChecked];
  const known = new Set(judged.findings.map(({ finding }) => findingKey(finding)));
  const advised = new Set<Uri>();
  let done = 0;
  for (const uri of uris) {
    progress.report('Checking files:', done++, uris.size);
    const diagnosis = snapshot.diagnose(uri);
    for (const finding of diagnosis.findings)
      if (!known.has(findingKey(finding))) findings.push(new SnapshotFinding(finding, snapshot));
    if (diagnosis.readsAdvisories) advised.add(uri);
    const gaps = diagnosis.notChecked;
    notChecked.push(...(asked.offline ? gaps.map(offlineGap) : gaps));
  }
  return makeReport({
    root,
    rootPath: path,
    projects: projectsOf(snapshot.projects.map(({ project }) => project)),
    excluded: excluded.map(({ uri, by }) => ({
      uri,
      glob: by.glob,
      by: by.uri,
      line: lineOf(snapshot.textOf(by.uri), by.span.start),
    })),
    gitFailures: [...gitFailures].map(([uri, reason]) => ({ uri, reason })),
    uncompared,
    files: snapshot.checked.flatMap(({ project, statuses }) =>
      statuses.map((file) =>
        isFixtureFile(project, file.uri) ? { ...file, isFixture: true as const } : file,
      ),
    ),
    findings,
    notChecked,
    sources: [
      { kind: 'popular-names', asOf: dateOf(asked.popularNames), status: 'bundled' },
      { kind: 'registry', asOf: undefined, status: registryStatus(asked) },
    ],
    advisories: snapshot.projects
      .filter(({ files }) => [...files.keys()].some((uri) => advised.has(uri)))
      .flatMap(({ advisories }) => advisories.sources)
      .map((state) => (asked.offline ? offlineSource(state) : state)),
    undecided: snapshot.projects
      .filter(({ files }) => [...files.keys()].some((uri) => advised.has(uri)))
      .flatMap((project) => undecidedIn(project, asked.today)),
    unasked: snapshot.projects.flatMap(unaskedIn),
    nestedConfigurations: countUnusedConfigurations(snapshot),
    textOf: (uri) => snapshot.textOf(uri),
  });
}

function projectsOf(projects: readonly Project[]): readonly ReportedProject[] {
  const roots = new Set(projects.map(({ root }) => root));
  return projects.map((project) => {
    const { root } = project;
    if (isFixtureFile(project, joinUri(root, 'package.json'))) return { root, kind: 'fixture' };
    return { root, kind: foldersAbove(root).some((folder) => roots.has(folder)) ? 'nested' : 'project' };
  });
}

function foldersAbove(uri: Uri): readonly Uri[] {
  const parts = uri.split('/');
  return parts.map((_, at) => parts.slice(0, at).join('/'));
}

/** Returns packages that were not queried. If no registry may be queried, that is reported once for all packages. */
function unaskedIn({ project, facts }: ProjectSnapshot): readonly ReportedUnasked[] {
  const { lockfile, base } = project;
  const unasked = facts.unreachable === undefined ? unaskedPackages(project) : undefined;
  return lockfile === undefined || unasked === undefined ? [] : [{ ...unasked, uri: lockfile.uri, base }];
}

/** Returns the line, from 1. */
function lineOf(text: string | undefined, offset: number): number {
  return indexLines(text ?? '').positionAt(offset).line + 1;
}

function registryStatus({ offline, trusted }: Asked): 'offline' | 'not-asked' | 'asked' {
  if (offline) return 'offline';
  return trusted ? 'asked' : 'not-asked';
}

/** Returns the date in the list's first line. */
function dateOf(popularNames: string): string | undefined {
  const header = popularNames.slice(0, popularNames.indexOf('\n'));
  return /\b\d{4}-\d{2}-\d{2}\b/.exec(header)?.[0];
}

/** Returns the number of nested projects with configuration of their own, which is not used. */
export function countUnusedConfigurations({ projects }: Pick<Snapshot, 'projects'>): number {
  return projects.filter(({ project }) => hasUnusedConfiguration(project)).length;
}

/** Returns a key that is equal for the same finding in two runs. */
export function findingKey({ uri, rule, span, message }: Finding): string {
  return [uri, rule, span.start, span.end, message].join('\n');
}
