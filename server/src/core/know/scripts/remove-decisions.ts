import { removeLines } from '../../read/config/tree/remove-lines.ts';
import { splitRegistryKey } from '../../read/manager/decision-key.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { WrittenDecision } from '../../read/manager/model/scripts.ts';
import type { Project } from '../../read/project/project.ts';
import type { TextEdit } from '../../read/text/edit.ts';
import { editInTurn } from '../../read/text/edit-in-turn.ts';
import type { FileEdit } from '../../read/text/finding.ts';
import { removeItem, removeProperty } from '../../read/text/json/json-edit.ts';
import { policyDrift } from './policy-drift.ts';

/** Returns edits that remove decisions of one file from its text; undefined if one of them cannot be removed. */
export function removeDecisions(
  text: string,
  decisions: readonly WrittenDecision[],
): readonly TextEdit[] | undefined {
  if (decisions[0]?.file === 'manifest') {
    // From the last on, as a removal moves what follows.
    const steps = [...decisions].reverse().map(
      ({ key, value }) =>
        (now: string) =>
          value === undefined ? removeItem(now, key.span) : removeProperty(now, key.span),
    );
    return editInTurn(text, steps);
  }
  const edits = decisions.map(({ key, value }) =>
    removeLines(text, { start: key.span.start, end: value?.end ?? key.span.end }),
  );
  return edits.includes(undefined) ? undefined : edits.flatMap((edit) => edit ?? []);
}

/** The removal of several decisions. */
export interface Removed {
  readonly keys: readonly string[];
  readonly edits: readonly FileEdit[];
}

/** Returns the removal of all stale approvals; undefined if there are none, or one of them cannot be removed. */
export function pruneDecisions(project: Project): Removed | undefined {
  return removal(
    project,
    policyDrift(project)
      .filter(({ type }) => type === 'stale')
      .map(({ decision }) => decision),
  );
}

/** Returns the removal of all decisions on packages; undefined if there are none, or one of them cannot be removed. */
export function withdrawDecisions(project: Project, names: ReadonlySet<string>): Removed | undefined {
  const written = specOf(project.manager).scripts.written(project);
  return removal(
    project,
    written.filter(({ key }) => names.has(splitRegistryKey(key.value)?.name ?? '')),
  );
}

function removal(project: Project, decisions: readonly WrittenDecision[]): Removed | undefined {
  if (decisions.length === 0) return undefined;
  const edits: FileEdit[] = [];
  for (const kind of ['manifest', 'workspace'] as const) {
    const of = decisions.filter(({ file }) => file === kind);
    const file = kind === 'manifest' ? project.rootManifest : project.pnpmWorkspace;
    if (of.length === 0) continue;
    const removed = file === undefined ? undefined : removeDecisions(file.text, of);
    if (file === undefined || removed === undefined) return undefined;
    edits.push(...removed.map((edit) => ({ uri: file.uri, ...edit })));
  }
  return { keys: decisions.map(({ key }) => key.value), edits };
}
