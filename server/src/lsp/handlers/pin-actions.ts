import {
  type CodeAction,
  type CodeActionParams,
  MessageType,
  ShowMessageNotification,
} from 'vscode-languageserver';
import { declaredRanges } from '../../core/judge/remedy/declared-range.ts';
import { canonicalUri, type Uri } from '../../core/read/text/paths/uri.ts';
import { visibleText } from '../../core/read/text/words/visible-text.ts';
import { pinnedRange } from '../../core/show/features/pin-range.ts';
import type { Snapshot } from '../../engine/session.ts';
import { applyEdit } from '../allowed-edits.ts';
import { ensureProject } from '../ensure-project.ts';
import type { PinRequest } from '../hover-messages.ts';
import type { ServerState } from '../server-state.ts';

export const PIN_KIND = 'refactor.rewrite.dependencyHygiene.pin';

/** In a larger selection, one action per range would be a list that nobody reads. */
const MOST = 5;

/** Returns actions that pin each range in the selection to the version that the project uses. */
export function pinActions(
  server: ServerState,
  snapshot: Snapshot,
  uri: Uri,
  { range: selected }: CodeActionParams,
): CodeAction[] {
  const owner = snapshot.projectOf(uri);
  const file = owner?.files.get(uri);
  if (owner === undefined || file === undefined) return [];
  const start = server.proto.offset(uri, selected.start, file.text);
  const end = server.proto.offset(uri, selected.end, file.text);
  const { project, facts, advisories } = owner;
  const touched = declaredRanges(project, file).filter(({ span }) => span.start <= end && start <= span.end);
  if (touched.length > MOST) return [];
  const context = { project, facts, advisories, now: server.ports.clock.now(), text: snapshot.textOf };
  return touched.flatMap((range) => {
    const pinned = pinnedRange(range, file, context);
    if (pinned === undefined) return [];
    const edit = server.proto.workspaceEdit({ edits: pinned.edits }, snapshot);
    return [{ title: pinned.title, kind: PIN_KIND, edit }];
  });
}

/** Pins the range that a request names, if the file still declares it; otherwise tells the user why not. */
export async function pinRange(server: ServerState, argument: unknown): Promise<null> {
  const problem = await applyPin(server, readPinRequest(argument));
  if (problem !== undefined) {
    await server.connection.sendNotification(ShowMessageNotification.type, {
      type: MessageType.Info,
      message: visibleText(problem),
    });
  }
  return null;
}

async function applyPin(server: ServerState, request: PinRequest | undefined): Promise<string | undefined> {
  if (request === undefined) return 'Nothing was pinned: the request is not valid.';
  server.session.openAdvisories();
  const uri = canonicalUri(request.uri);
  await ensureProject(server, uri);
  const snapshot = server.session.snapshot();
  const owner = snapshot.projectOf(uri);
  const file = owner?.files.get(uri);
  const range =
    owner === undefined || file === undefined
      ? undefined
      : declaredRanges(owner.project, file).find(
          ({ name, declared }) => name === request.name && declared === request.declared,
        );
  if (owner === undefined || file === undefined || range === undefined) {
    return `Nothing was pinned: ${request.name} is no longer declared as ${request.declared}.`;
  }
  const { project, facts, advisories } = owner;
  const context = { project, facts, advisories, now: server.ports.clock.now(), text: snapshot.textOf };
  const pinned = pinnedRange(range, file, context);
  if (pinned === undefined) return `Nothing was pinned: no single version of ${request.name} is known.`;
  const edit = server.proto.workspaceEdit({ edits: pinned.edits }, snapshot);
  const { applied, failureReason } = await applyEdit(server, pinned.title, edit, snapshot);
  return applied ? undefined : (failureReason ?? 'The editor did not apply the edit.');
}

function readPinRequest(argument: unknown): PinRequest | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { uri, name, declared } = argument as Partial<Record<keyof PinRequest, unknown>>;
  if (typeof uri !== 'string' || typeof name !== 'string' || typeof declared !== 'string') return undefined;
  return { uri, name, declared };
}
