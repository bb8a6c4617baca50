import type { UnavailableReason } from '../core/registry/fact.ts';
import { asClause } from '../core/text/clause.ts';
import { isWithin, nameOf, relativeUri, type Uri } from '../core/text/uri.ts';
import type { ProjectSnapshot, Snapshot } from '../engine/session.ts';
import type { StatusParams } from './messages.ts';

export interface StatusInput {
  readonly snapshot: Snapshot;
  readonly folders: readonly Uri[];
  readonly working: boolean;
  readonly trusted: boolean;
  readonly online: boolean;
  /** Whether the client has handed on the text that is on the screen. */
  readonly isOpen: (uri: Uri) => boolean;
}

/** The state of the check over everything that is loaded, with a sentence for each thing that was left out. */
export function checkStatus({
  snapshot,
  folders,
  working,
  trusted,
  online,
  isOpen,
}: StatusInput): StatusParams {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  const missing = new Map<UnavailableReason, number>();
  const gaps: string[] = [];
  const seen = new Set<Uri>();
  let provisional = false;
  for (const project of snapshot.projects) {
    for (const uri of project.files.keys()) {
      if (seen.has(uri)) continue;
      seen.add(uri);
      const diagnosis = snapshot.diagnose(uri);
      if ((snapshot.textOf(uri)?.length ?? 0) > MOST_HANDED_ON && !isOpen(uri)) {
        gaps.push(`${pathOf(uri, folders)} is over 50 MB: ${NOT_HANDED_ON}`);
      }
      provisional ||= diagnosis.provisional;
      for (const { severity } of diagnosis.findings) counts[severity]++;
      for (const { reason, count } of diagnosis.notChecked)
        missing.set(reason, (missing.get(reason) ?? 0) + count);
    }
    gaps.push(...fileGaps(project, folders));
  }
  const notAsked: UnavailableReason | undefined = trusted ? (online ? undefined : 'offline') : 'untrusted';
  for (const [reason, count] of missing) {
    // One sentence below says that of all packages.
    if (reason === notAsked) continue;
    gaps.push(`${count === 1 ? 'One check was' : `${count} checks were`} not made: ${REASONS[reason]}.`);
  }
  if (notAsked === 'untrusted') gaps.push('Registries were not asked: this workspace is not trusted.');
  if (notAsked === 'offline') gaps.push('Registries were not asked: "dependencyHygiene.online" is off.');
  return {
    working: working || provisional,
    projects: snapshot.projects.length,
    errors: counts.error,
    warnings: counts.warning,
    information: counts.information,
    hints: counts.hint,
    gaps: [...new Set(gaps)],
  };
}

function fileGaps(project: ProjectSnapshot, folders: readonly Uri[]): string[] {
  const gaps: string[] = [];
  for (const { uri, status, reason } of project.statuses) {
    if (status === 'checked') continue;
    const why = reason === undefined ? '' : `: ${asClause(reason)}`;
    gaps.push(`${pathOf(uri, folders)} ${STATUSES[status]}${why}.`);
  }
  return gaps;
}

function pathOf(uri: Uri, folders: readonly Uri[]): string {
  const folder = folders.find((one) => isWithin(one, uri));
  return folder === undefined ? nameOf(uri) : relativeUri(folder, uri);
}

/** What VS Code hands on of a document, in characters; a longer one never reaches an extension. */
const MOST_HANDED_ON = 50 * 1024 * 1024;
const NOT_HANDED_ON =
  'editors do not hand on the text of such a file, so that what is saved is checked, not what is on the screen.';

const STATUSES = {
  partial: 'was read only in part',
  unreadable: 'could not be read',
  unsupported: 'was not checked',
} as const;

const REASONS: Readonly<Record<UnavailableReason, string>> = {
  offline: 'registries are not asked',
  private: 'the packages are private',
  'no-access': 'the registry refused access',
  'not-provided': 'the registry does not provide what they need',
  failed: 'the registry could not be reached',
  untrusted: 'the workspace is not trusted',
};
