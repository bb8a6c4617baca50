import type { ChangeAnnotation, CodeAction, WorkspaceEdit } from 'vscode-languageserver';
import { type BaselineLine, planBaseline } from '../../core/judge/baseline/plan-baseline.ts';
import { managerTitle } from '../../core/read/manager/manager-title.ts';
import { canonicalUri, nameOf, type Uri } from '../../core/read/text/paths/uri.ts';
import { plural } from '../../core/read/text/words/words.ts';
import type { Snapshot } from '../../engine/session.ts';
import type { ServerState } from '../server-state.ts';

export const BASELINE_KIND = 'source.dependencyHygiene.baseline';

/**
 * Returns the action that adds the safe configuration for the project's package manager, in all of its files. Clients that
 * can show an edit before they apply it do so, with the reason of each line.
 */
export function baselineAction(server: ServerState, snapshot: Snapshot, uri: Uri): CodeAction | undefined {
  const owner = snapshot.projectOf(uri);
  if (owner === undefined || !owner.files.has(uri)) return undefined;
  const { project } = owner;
  const { added, edits } = planBaseline(project, snapshot.textOf);
  if (added.length === 0) return undefined;
  const { name, version } = project.manager;
  const manager = managerTitle(name) + (version === undefined ? '' : ` ${version}`);
  const edit = server.proto.workspaceEdit({ edits }, snapshot);
  return {
    title: `Add the safe configuration for ${manager} (${plural(added.length, 'setting')})`,
    kind: BASELINE_KIND,
    edit: server.abilities.annotatesChanges ? annotated(edit, added) : edit,
  };
}

/** Asks for the user's consent to the changes of each file, with the reasons. */
function annotated(edit: WorkspaceEdit, added: readonly BaselineLine[]): WorkspaceEdit {
  const changeAnnotations: Record<string, ChangeAnnotation> = {};
  const documentChanges = (edit.documentChanges ?? []).map((change) => {
    if ('kind' in change) return change;
    const uri = canonicalUri(change.textDocument.uri);
    const lines = added.filter((line) => line.uri === uri);
    const annotationId = uri;
    changeAnnotations[annotationId] = {
      label: `Safe configuration in ${nameOf(uri)}`,
      description: lines.map(({ setting, reason }) => `${setting}: ${reason}`).join(' '),
      needsConfirmation: true,
    };
    return { ...change, edits: change.edits.map((one) => ({ ...one, annotationId })) };
  });
  return { ...edit, documentChanges, changeAnnotations };
}
