import type { AdvisorySource } from '../../../core/know/advisory/advisory.ts';
import { dayOf } from '../../../core/read/policy-file/day.ts';
import { POLICY_FILE_NAME } from '../../../core/read/policy-file/read-policy.ts';
import { HEAD } from '../../../core/read/project/base.ts';
import type { Project } from '../../../core/read/project/project.ts';
import { joinUri, type Uri } from '../../../core/read/text/paths/uri.ts';
import { asClause } from '../../../core/read/text/words/clause.ts';
import type { Report } from '../../../core/show/report/check/report.ts';
import { createSession } from '../../../engine/create-session.ts';
import type { GitPort } from '../../../engine/ports.ts';
import type { ExcludedFile } from '../../../engine/projects/folder-walk.ts';
import { acceptedFindings } from '../../../engine/report/accepted-findings.ts';
import { reportOf } from '../../../engine/report/report-of.ts';
import type { Snapshot } from '../../../engine/session.ts';
import type { EngineSettings } from '../../../engine/settings.ts';
import { uriOfPath } from '../../disk-files.ts';
import { CALLS_AT_ONCE } from '../../files/file-calls.ts';
import { NO_REPOSITORY } from '../../git/git-failure.ts';
import { createNodePorts, type NodePorts } from '../../node-ports.ts';
import { directoryTrust } from '../directory-trust.ts';
import { ambiguousBase, WrongUse } from '../exit-code.ts';
import { repositoryOf } from '../given/given-directory.ts';
import type { Terminal } from '../terminal.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import { VERSION } from '../version.ts';
import { deepFindings, NOTHING_JUDGED } from './deep-findings.ts';

/** The directory to check, and the permitted requests. */
export interface CheckOptions {
  readonly directory: string;
  readonly policyFile: Uri | undefined;
  readonly organisationPolicy?: Uri | undefined;
  /** Undefined for HEAD, if there is one. */
  readonly base: string | undefined;
  /** The option that names it in errors, if it is not `--base`. */
  readonly baseOption?: string;
  /** The base whose policies are used alone. */
  readonly policyFrom?: string | undefined;
  readonly trusted: boolean;
  readonly offline: boolean;
  /** Whether registries are queried about every locked package. */
  readonly deep?: boolean;
  readonly advisorySources: ReadonlySet<AdvisorySource>;
  /** Whether node_modules is compared with the lockfile. */
  readonly comparesInstalled?: boolean;
  /** Whether the report also has the findings that the configuration accepts. */
  readonly findsAccepted?: boolean;
}

/**
 * Checks everything below a directory and returns the report with its time in milliseconds since 1970. Throws
 * `WrongUse` for a base that git does not know.
 *
 * @param inspect called with what the report was made from
 */
export async function checkDirectory(
  options: CheckOptions,
  progress: Terminal['progress'],
  inspect?: (snapshot: Snapshot, ports: NodePorts) => Promise<void>,
): Promise<{ report: Report; now: number }> {
  const { directory, policyFile, organisationPolicy, policyFrom, trusted, offline, deep } = options;
  const { base, advisorySources } = options;
  const root = uriOfPath(directory);
  const ports = createNodePorts({ roots: () => [root], version: VERSION, fileCalls: CALLS_AT_ONCE });
  const option = policyFrom === undefined ? (options.baseOption ?? '--base') : '--policy-from';
  if (base !== undefined) await requireCommit(ports.git, root, base, option);
  const session = createSession(ports);
  const settings: EngineSettings = {
    ...{ online: !offline, severities: new Map(), policyFile, advisorySources, base: base ?? HEAD.revision },
    ...{ organisationPolicy, usesReviewedPolicy: policyFrom !== undefined },
    isBaseGiven: base !== undefined,
    reviewedSince: base,
    checkedFolder: root,
    ...directoryTrust(root, trusted),
  };
  session.configure(settings);
  session.setFolders([uriOfPath(await repositoryOf(directory))]);
  const excluded: ExcludedFile[] = [];
  await session.loadFolder(root, progress, undefined, (file) => excluded.push(file));
  if (session.wantsUsage()) await session.searchUsage(root, progress);
  if (options.comparesInstalled === true) {
    const { compareInstalls } = await import('../../installed/compare-installs.ts');
    session.noteInstallStates(await compareInstalls(session.snapshot().projects, progress));
  }
  const stop = () => {
    session.dispose();
    progress.end();
  };
  const ask = async () => {
    await session.settle(progress);
    await session.compareCode();
    return deep === true ? deepFindings(session, progress) : NOTHING_JUDGED;
  };
  const judged = trusted && !offline ? await untilInterrupted(ask, stop) : NOTHING_JUDGED;
  const now = ports.clock.now();
  const asked = { offline, trusted, popularNames: ports.popularNames(), today: dayOf(now) };
  const leftOut = { excluded, gitFailures: session.gitFailures(), uncompared: session.uncompared() };
  const snapshot = session.snapshot();
  if (policyFrom !== undefined) requirePolicies(snapshot.projects, policyFrom);
  const report = reportOf(snapshot, { root, path: directory, ...leftOut }, asked, judged, progress);
  await inspect?.(snapshot, ports);
  const accepted = options.findsAccepted === true ? acceptedFindings(session, settings, dayOf(now)) : [];
  session.dispose();
  progress.end();
  const isSwitchedOff = snapshot.projects.some(
    ({ project }) => project.policy.rules.get('installed-mismatch')?.severity === 'off',
  );
  const comparesInstalled = options.comparesInstalled === true && !isSwitchedOff;
  return { report: { ...report, accepted, comparesInstalled }, now };
}

/** Throws `WrongUse` if git does not know the commit: otherwise nothing would be compared, unnoticed. */
async function requireCommit(
  git: GitPort | undefined,
  root: Uri,
  base: string,
  option: string,
): Promise<void> {
  const read = await git?.textAt(joinUri(root, 'package.json'), base);
  if (read !== undefined && read.type !== 'unknown') return;
  const reason = read?.reason ?? 'git cannot be asked';
  if (read?.isAmbiguous && read.advice !== undefined) throw ambiguousBase(base, reason, read.advice);
  throw new WrongUse(
    reason === NO_REPOSITORY
      ? `${option} ${base} cannot be used: the directory is not in a git repository.`
      : `${option} ${base} cannot be used: ${reason}; ${read?.advice ?? `give a commit of this repository, or fetch it first${fetchCommand(base)}`}.`,
  );
}

/** Throws `WrongUse` if a policy of the commit extends what the commit does not have: a part of it would be missing. */
function requirePolicies(
  projects: readonly { readonly project: Pick<Project, 'policy'> }[],
  commit: string,
): void {
  for (const { project } of projects) {
    const { unresolved } = project.policy;
    if (unresolved !== undefined)
      throw new WrongUse(
        `--policy-from ${commit} cannot be used: "extends" in ${POLICY_FILE_NAME}: ${asClause(unresolved.message)}; commit the file, or give the policy with --policy.`,
      );
  }
}

/** Formats the command that fetches a branch or tag, as in shallow clones: ` with "git fetch origin main"`. */
function fetchCommand(base: string): string {
  const [, remote = 'origin', name] =
    /^(?:refs\/remotes\/)?(?:(origin|upstream)\/)?([\w][\w./-]*)$/.exec(base) ?? [];
  if (name === undefined) return '';
  const target = base === name ? name : `${name}:refs/remotes/${remote}/${name}`;
  return ` with "git fetch --depth=1 ${remote} ${target}"`;
}
