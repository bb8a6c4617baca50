import { knownAgainst } from '../../core/judge/exposure/known-against.ts';
import { pruneDecisions } from '../../core/know/scripts/remove-decisions.ts';
import { decisionOn, writeDecisions } from '../../core/know/scripts/write-decision.ts';
import type { FileEdit } from '../../core/read/text/finding.ts';
import { canonicalUri, nameOf } from '../../core/read/text/paths/uri.ts';
import { joinNames, plural } from '../../core/read/text/words/words.ts';
import { subjectToDecide } from '../../core/show/report/scripts/scripts-report.ts';
import type { ProjectSnapshot } from '../../engine/session.ts';
import { applyEdit } from '../allowed-edits.ts';
import { ensureProject } from '../ensure-project.ts';
import type { DecideScripts, DecideScriptsResult } from '../messages.ts';
import type { ServerState } from '../server-state.ts';

interface Change {
  readonly edits: readonly FileEdit[];
  /** The label of the edit. */
  readonly label: string;
  /** What was done, without the files. */
  readonly done: string;
}

/** Writes decisions on install scripts into the package manager's own settings, or removes stale ones. */
export async function decideScripts(server: ServerState, argument: unknown): Promise<DecideScriptsResult> {
  const request = readRequest(argument);
  if (request === undefined) return { problem: 'The decision is not valid.' };
  if (!server.abilities.appliesEdits)
    return { problem: 'This editor does not let language servers edit files.' };
  const { session, proto } = server;
  session.openAdvisories();
  const owner = await ensureProject(server, canonicalUri(request.uri));
  if (owner === undefined) return { problem: 'The file belongs to no project that is loaded.' };
  const change = request.type === 'prune' ? prune(owner) : decide(owner, request);
  if ('problem' in change) return change;
  const { edits, label, done } = change;
  const snapshot = session.snapshot();
  const edit = proto.workspaceEdit({ edits }, snapshot);
  const { applied, failureReason } = await applyEdit(server, label, edit, snapshot);
  if (!applied) return { problem: failureReason ?? 'The editor did not apply the edit.' };
  const files = [...new Set(edits.map(({ uri }) => uri))];
  // Files that are not open may have been written without a notification so far.
  await session.filesChanged(files);
  return { message: `${done} in ${joinNames(files.map(nameOf))}.` };
}

function decide(
  { project, advisories }: ProjectSnapshot,
  { type, packages }: Extract<DecideScripts, { readonly packages: unknown }>,
): Change | { readonly problem: string } {
  const isApproval = type === 'approve';
  const wanted = [];
  for (const { package: name, version } of packages) {
    const who = version === null ? name : `${name} ${version}`;
    const subject = subjectToDecide(project, name, version);
    if (subject === undefined) return { problem: `${who} is no longer unreviewed. Open the list again.` };
    if (isApproval && version !== null && knownAgainst(project, advisories).isMalware(name, version))
      return { problem: `${who} is known malware, so its script is not approved.` };
    wanted.push(decisionOn(subject, isApproval));
  }
  const written = writeDecisions(wanted, project);
  if (written === undefined)
    return { problem: 'A file with the decisions cannot be edited. Correct it first.' };
  return {
    edits: written.edits,
    label: `${isApproval ? 'Approve' : 'Deny'} ${plural(wanted.length, 'install script')}`,
    done: `Wrote ${written.content} to ${written.setting}`,
  };
}

function prune({ project }: ProjectSnapshot): Change | { readonly problem: string } {
  const pruned = pruneDecisions(project);
  if (pruned === undefined) return { problem: 'There is no stale approval that can be removed.' };
  const what = plural(pruned.keys.length, 'stale approval');
  return { edits: pruned.edits, label: `Remove ${what}`, done: `Removed ${what}` };
}

/** More packages than this are not decided on at once. */
const MOST_PACKAGES = 1000;

function readRequest(argument: unknown): DecideScripts | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { type, uri, packages } = argument as Partial<Record<string, unknown>>;
  if (typeof uri !== 'string') return undefined;
  if (type === 'prune') return { type, uri };
  if ((type !== 'approve' && type !== 'deny') || !Array.isArray(packages)) return undefined;
  const read = packages.map(readPackage);
  const valid = read.filter((one) => one !== undefined);
  if (valid.length < read.length || valid.length === 0 || valid.length > MOST_PACKAGES) return undefined;
  return { type, uri, packages: valid };
}

function readPackage(
  value: unknown,
): { readonly package: string; readonly version: string | null } | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { package: name, version } = value as { readonly package?: unknown; readonly version?: unknown };
  if (typeof name !== 'string' || (typeof version !== 'string' && version !== null)) return undefined;
  return { package: name, version };
}
