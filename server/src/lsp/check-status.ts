import { unaskedGap } from '../core/judge/check/unasked-gap.ts';
import { type Uncompared, uncomparedGap } from '../core/judge/check/uncompared-gap.ts';
import type { AdvisorySourceState } from '../core/know/advisory/advisories.ts';
import { joinedStates } from '../core/know/advisory/joined-states.ts';
import type { UnavailableReason } from '../core/know/registry/documents/fact.ts';
import { unaskedPackages } from '../core/read/project/locked/asked-entries.ts';
import { hasUnusedConfiguration } from '../core/read/project/own-configuration.ts';
import type { Finding } from '../core/read/text/finding.ts';
import { isWithin, nameOf, relativeUri, type Uri } from '../core/read/text/paths/uri.ts';
import { asClause } from '../core/read/text/words/clause.ts';
import { summarize } from '../core/show/report/check/summary.ts';
import { advisoryGap } from '../core/show/report/describe-advisory.ts';
import { describeNested, nestedStep } from '../core/show/report/watch/nested-words.ts';
import type { NotChecked, ProjectSnapshot, Snapshot } from '../engine/session.ts';
import type { AdvisorySourceStatus, GapStep, StatusParams } from './messages.ts';
import { skippedChecks } from './skipped-checks.ts';

export interface StatusInput {
  readonly snapshot: Snapshot;
  readonly folders: readonly Uri[];
  readonly working: boolean;
  /** Whether any open folder is trusted. */
  readonly trusted: boolean;
  readonly online: boolean;
  /** In milliseconds since 1970. */
  readonly now: number;
  /** What could not be compared with the last commit. */
  readonly uncompared: readonly Uncompared[];
  /** Whether the client has sent the text that is on the screen. */
  readonly isOpen: (uri: Uri) => boolean;
  /** Whether only the client can read the file. */
  readonly isReadByClient: (uri: Uri) => boolean;
}

interface Gap {
  readonly text: string;
  /** What closes it; undefined if nothing that the user does. */
  readonly step?: GapStep | undefined;
}

/** Returns the state of the check over everything loaded, with a sentence for each gap. */
export function checkStatus({
  snapshot,
  folders,
  working,
  trusted,
  online,
  now,
  uncompared,
  isOpen,
  isReadByClient,
}: StatusInput): StatusParams {
  const findings: Finding[] = [];
  const missing: NotChecked[] = [];
  const gaps: Gap[] = [];
  const seen = new Set<Uri>();
  const sources: AdvisorySourceState[] = [];
  let provisional = false;
  for (const project of snapshot.checked) {
    let readsAdvisories = false;
    for (const uri of project.files.keys()) {
      if (seen.has(uri)) continue;
      seen.add(uri);
      const diagnosis = snapshot.diagnose(uri);
      if ((snapshot.textOf(uri)?.length ?? 0) > MOST_HANDED_ON && !isOpen(uri)) {
        gaps.push({ text: `${pathOf(uri, folders)} is larger than 50 MB: ${NOT_HANDED_ON}` });
      }
      provisional ||= diagnosis.provisional;
      readsAdvisories ||= diagnosis.readsAdvisories;
      for (const finding of diagnosis.findings) findings.push(finding);
      missing.push(...diagnosis.notChecked);
    }
    gaps.push(...fileGaps(project, folders), ...unaskedGaps(project, folders));
    if (readsAdvisories) sources.push(...project.advisories.sources);
  }
  const isTrusted =
    snapshot.projects.length === 0
      ? trusted
      : snapshot.projects.some(({ project }) => project.trust !== 'untrusted');
  const notAsked: UnavailableReason | undefined = isTrusted ? (online ? undefined : 'offline') : 'untrusted';
  for (const [reason, skipped] of skippedChecks(missing)) {
    // One sentence below covers all packages.
    if (reason !== notAsked) gaps.push(skipped);
  }
  const advisories = joinedStates(sources);
  for (const state of advisories) {
    // Reported below for all registries, and for pending sources by `working`.
    if (state.state === 'pending' || (notAsked !== undefined && state.source === 'registry')) continue;
    const gap = advisoryGap(state, now);
    if (gap !== undefined) gaps.push({ text: `Not checked: ${gap}.`, step: advisoryStep(state) });
  }
  for (const each of uncompared) {
    const { subject, detail, advice } = uncomparedGap(each, pathOf(each.uri, folders));
    gaps.push({ text: `Not checked: ${subject}: ${detail}. To check them, ${advice}.`, step: 'asDescribed' });
  }
  if (snapshot.projects.some(({ project }) => isReadByClient(project.root))) gaps.push({ text: NO_DISK });
  const unused = snapshot.projects.filter(({ project }) => hasUnusedConfiguration(project)).length;
  const nested = describeNested(unused);
  if (nested !== undefined) {
    gaps.push({ text: `${nested}. Open ${nestedStep(unused)}.`, step: 'asDescribed' });
  }
  if (notAsked === 'untrusted') {
    gaps.push({ text: 'Registries not queried: this workspace is not trusted.', step: 'trust' });
  }
  if (notAsked === 'offline') {
    gaps.push({ text: 'Registries not queried: "dependencyHygiene.online" is off.', step: 'online' });
  }
  return {
    working: working || provisional,
    projects: snapshot.projects.length,
    ...summarize(findings),
    gaps: [...new Set(gaps.map(({ text }) => text))],
    steps: [...new Set(gaps.flatMap(({ step }) => step ?? []))],
    advisories: advisories.map(sourceStatus),
  };
}

function sourceStatus({
  host,
  detail,
  asOf,
  completeTo,
  ...state
}: AdvisorySourceState): AdvisorySourceStatus {
  return {
    ...state,
    ...(host === undefined ? {} : { host }),
    ...(detail === undefined ? {} : { detail }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(completeTo === undefined ? {} : { completeTo }),
  };
}

function fileGaps(project: ProjectSnapshot, folders: readonly Uri[]): Gap[] {
  const gaps: Gap[] = [];
  for (const { uri, status, reason } of project.statuses) {
    if (status === 'checked') continue;
    const why = reason === undefined ? '' : `: ${asClause(reason)}`;
    gaps.push({
      text: `${pathOf(uri, folders)} ${STATUSES[status]}${why}.`,
      // No edit makes an unsupported format supported.
      step: status === 'unsupported' ? undefined : 'asDescribed',
    });
  }
  return gaps;
}

function unaskedGaps({ project, facts }: ProjectSnapshot, folders: readonly Uri[]): Gap[] {
  const { lockfile, base } = project;
  const unasked = facts.unreachable === undefined ? unaskedPackages(project) : undefined;
  if (lockfile === undefined || unasked === undefined) return [];
  const { subject, detail, advice } = unaskedGap(unasked, base, pathOf(lockfile.uri, folders));
  return [{ text: `${subject}: ${detail}. To check them, ${advice}.`, step: 'asDescribed' }];
}

function advisoryStep({ source, state }: AdvisorySourceState): GapStep | undefined {
  if (source === 'database') return 'updateDatabase';
  return state === 'failed' || state === 'off' ? 'asDescribed' : undefined;
}

function pathOf(uri: Uri, folders: readonly Uri[]): string {
  const folder = folders.find((one) => isWithin(one, uri));
  return folder === undefined ? nameOf(uri) : relativeUri(folder, uri);
}

/** The largest document that VS Code passes to extensions, in characters. */
const MOST_HANDED_ON = 50 * 1024 * 1024;
const NOT_HANDED_ON =
  'editors do not send the text of such a file, so the saved text is checked, not the unsaved changes.';

const NO_DISK =
  'Not checked: changes since the last commit, and unused dependencies. This workspace is not on a disk of this machine.';

const STATUSES = {
  partial: 'was read only in part',
  unreadable: 'could not be read',
  unsupported: 'was not checked',
} as const;
