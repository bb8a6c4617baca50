import type { CodeAction, CodeActionParams } from 'vscode-languageserver';
import { declaredRanges } from '../../core/judge/remedy/declared-range.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import { pinnedRange } from '../../core/show/features/pin-range.ts';
import type { Snapshot } from '../../engine/session.ts';
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
