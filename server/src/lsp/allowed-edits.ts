import type { ApplyWorkspaceEditResult, CodeAction, WorkspaceEdit } from 'vscode-languageserver';
import { canonicalUri, isWithin, nameOf, type Uri } from '../core/read/text/paths/uri.ts';
import { visibleText } from '../core/read/text/words/visible-text.ts';
import type { Snapshot } from '../engine/session.ts';
import type { ServerState } from './server-state.ts';

/**
 * Returns the actions whose edits stay in the project. The client applies any edit: in a symbolic link, behind one or
 * outside the project it would change what the user does not see, and in a file that is unreadable or changed since, it
 * would break the file.
 */
export async function allowedActions(
  server: ServerState,
  actions: readonly CodeAction[],
  snapshot: Snapshot,
): Promise<CodeAction[]> {
  const problems = new Map<Uri, Promise<string | undefined>>();
  const isAllowed = await Promise.all(
    actions.map(async ({ edit }) => {
      for (const uri of edit === undefined ? [] : editedFiles(edit)) {
        const problem = problems.get(uri) ?? problemOf(server, uri, snapshot);
        problems.set(uri, problem);
        if ((await problem) !== undefined) return false;
      }
      return true;
    }),
  );
  return actions.filter((_, at) => isAllowed[at]);
}

/** Asks the client to apply an edit, or fails with a reason if one of its files must not be edited. */
export async function applyEdit(
  server: ServerState,
  label: string,
  edit: WorkspaceEdit,
  snapshot: Snapshot,
): Promise<ApplyWorkspaceEditResult> {
  for (const uri of editedFiles(edit)) {
    const problem = await problemOf(server, uri, snapshot);
    if (problem !== undefined)
      return { applied: false, failureReason: `${nameOf(uri)} ${problem}; nothing was changed.` };
  }
  return server.connection.workspace.applyEdit({ label: visibleText(label), edit });
}

function editedFiles({ changes = {}, documentChanges = [] }: WorkspaceEdit): ReadonlySet<Uri> {
  const uris = documentChanges.flatMap((change) => {
    if (!('kind' in change)) return [change.textDocument.uri];
    return change.kind === 'rename' ? [change.oldUri, change.newUri] : [change.uri];
  });
  return new Set([...Object.keys(changes), ...uris].map(canonicalUri));
}

/** Returns why a file must not be edited, as a clause; undefined if it may be. */
async function problemOf(
  { folders, ports, documents }: ServerState,
  uri: Uri,
  snapshot: Snapshot,
): Promise<string | undefined> {
  const isOwn =
    folders.some((folder) => isWithin(folder, uri)) ||
    snapshot.checked.some(({ project }) => isWithin(project.root, uri) || project.policy.uri === uri);
  if (!isOwn) return 'is outside of the project';
  const problem = await ports.files.editProblem?.(uri);
  // For an open document, the client itself refuses an edit of an older version.
  if (problem !== undefined || documents.get(uri) !== undefined) return problem;
  const now = await ports.files.read(uri);
  if (now.type === 'refused') return now.reason;
  const text = now.type === 'text' ? now.text : undefined;
  return text === snapshot.textOf(uri) ? undefined : 'changed on the disk';
}
