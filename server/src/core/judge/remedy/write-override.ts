import { specOf } from '../../read/manager/managers.ts';
import type { OverrideField } from '../../read/manager/model/overrides.ts';
import { pathOfField } from '../../read/manager/model/overrides.ts';
import { isRushLockfile, RUSH_OVERRIDES } from '../../read/project/manager/rush.ts';
import type { Project } from '../../read/project/project.ts';
import { applyEdits, type TextEdit } from '../../read/text/edit.ts';
import type { FileEdit } from '../../read/text/finding.ts';
import { type JsonData, setProperty } from '../../read/text/json/json-edit.ts';
import type { OverrideLine } from './override-line.ts';
import { writeWorkspaceOverrides } from './write-workspace-overrides.ts';

/** The field in which the project's package manager looks for overrides, for people. */
export function fieldWords(field: OverrideField): string {
  if (field === 'rush') return `"globalOverrides" of ${RUSH_OVERRIDES}`;
  return field === 'pnpm-workspace.yaml' ? '"overrides" of pnpm-workspace.yaml' : `"${field}"`;
}

/** The field to write to: the one that has overrides which count, else the one that the package manager's version reads. */
export function overrideField({ manager, overrides, lockfile }: Project): OverrideField {
  if (isRushLockfile(lockfile)) return 'rush';
  const used = overrides.entries.find(({ counts }) => counts)?.field;
  if (used !== undefined) return used;
  return specOf(manager).overrides.fieldToWrite({
    version: manager.version,
    lockVersion: lockfile?.formatVersion?.value,
  });
}

/** Edits of the root's files that write the lines, none of Rush's; undefined where a file does not allow it. */
export function writeOverrides(
  project: Project,
  field: OverrideField,
  lines: readonly OverrideLine[],
): readonly FileEdit[] | undefined {
  if (field === 'rush') return [];
  if (field === 'pnpm-workspace.yaml') return writeWorkspaceOverrides(project, lines);
  const { rootManifest, overrides } = project;
  if (rootManifest === undefined) return undefined;
  const { uri, text } = rootManifest;
  const top = pathOfField(field);
  let changed = text;
  for (const line of lines) {
    const { path, value } = asWritten(line, (outer) => {
      return overrides.entries.find((entry) => entry.field === field && isSamePath(entry.path, outer))
        ?.declared;
    });
    const edits = setProperty(changed, [...top, ...path], value, { sorted: true });
    if (edits === undefined) return undefined;
    changed = applyEdits(changed, edits);
  }
  return changed === text ? undefined : [{ uri, ...difference(text, changed) }];
}

/** What a package and what it brings are replaced with at once: the version that its key had so far goes under a dot. */
function asWritten(
  { path, value }: OverrideLine,
  valueAt: (path: readonly string[]) => string | undefined,
): { readonly path: readonly string[]; readonly value: JsonData } {
  const outer = path.slice(0, -1);
  const before = outer.length === 0 ? undefined : valueAt(outer);
  return before === undefined
    ? { path, value }
    : { path: outer, value: { '.': before, [path.at(-1)!]: value } };
}

function isSamePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, at) => key === b[at]);
}

/** One replacement that makes a text of another. */
function difference(before: string, after: string): TextEdit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let same = 0;
  while (same < most - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  return {
    span: { start, end: before.length - same },
    newText: after.slice(start, after.length - same),
  };
}
