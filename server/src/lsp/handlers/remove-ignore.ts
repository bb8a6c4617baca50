import { removeItem } from '../../core/read/text/json/json-edit.ts';
import { canonicalUri } from '../../core/read/text/paths/uri.ts';
import { applyEdit } from '../allowed-edits.ts';
import { membersOf } from '../ignored-entries.ts';
import type { IgnoreResult, RemovedIgnore } from '../messages.ts';
import type { ServerState } from '../server-state.ts';

/** Removes one entry of `ignores` from its configuration file, if it is still there as it was listed. */
export async function removeIgnore(server: ServerState, argument: unknown): Promise<IgnoreResult> {
  const request = readRequest(argument);
  if (request === undefined) return { problem: 'The entry is not valid.' };
  if (!server.abilities.appliesEdits)
    return { problem: 'This editor does not let language servers edit files.' };
  const snapshot = server.session.snapshot();
  const uri = canonicalUri(request.uri);
  const owner = snapshot.checked.find(({ files }) => files.get(uri)?.kind === 'policy');
  const file = owner?.files.get(uri);
  if (file?.kind !== 'policy') return { problem: 'The file belongs to no project that is loaded.' };
  const ignore = file.ignores.find((each) => isSame(membersOf(each), request.entry));
  const edits = ignore === undefined ? undefined : removeItem(file.text, ignore.span);
  if (ignore === undefined || edits === undefined)
    return { problem: 'The entry is no longer in dependency-hygiene.json as it was listed.' };
  const { start } = server.proto.range(uri, ignore.span, snapshot);
  const edit = server.proto.workspaceEdit({ edits: edits.map((each) => ({ uri, ...each })) }, snapshot);
  const { applied, failureReason } = await applyEdit(server, 'Remove an ignore', edit, snapshot);
  if (!applied) return { problem: failureReason ?? 'The editor did not apply the edit.' };
  return { uri: server.proto.uri(uri), line: Math.max(0, start.line - 1) };
}

function readRequest(argument: unknown): RemovedIgnore | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { uri, entry } = argument as Partial<Record<keyof RemovedIgnore, unknown>>;
  if (typeof uri !== 'string' || typeof entry !== 'object' || entry === null) return undefined;
  const members = Object.entries(entry);
  if (members.length === 0 || members.some(([, value]) => typeof value !== 'string')) return undefined;
  return { uri, entry: Object.fromEntries(members) as RemovedIgnore['entry'] };
}

function isSame(a: RemovedIgnore['entry'], b: RemovedIgnore['entry']): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => a[key] === b[key]);
}
