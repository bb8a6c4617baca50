import { specOf } from '../../../read/manager/managers.ts';
import type { OverrideField } from '../../../read/manager/model/overrides.ts';
import { pathOfField } from '../../../read/manager/model/overrides.ts';
import { isRushLockfile, RUSH_OVERRIDES } from '../../../read/project/manager/rush.ts';
import type { Project } from '../../../read/project/project.ts';
import { applyEdits, type TextEdit } from '../../../read/text/edit.ts';
import type { FileEdit } from '../../../read/text/finding.ts';
import { type JsonData, setProperty } from '../../../read/text/json/json-edit.ts';
import { commonEnd, commonStart } from '../../../read/text/lines/common-ends.ts';
import type { OverrideLine } from './override-line.ts';
import { writeWorkspaceOverrides } from './write-workspace-overrides.ts';

/** Returns the field in which the project's package manager reads overrides, for display. */
export function describeField(field: OverrideField): string {
  if (field === 'rush') return `"globalOverrides" of ${RUSH_OVERRIDES}`;
  return field === 'pnpm-workspace.yaml' ? '"overrides" of pnpm-workspace.yaml' : `"${field}"`;
}

/**
 * Returns the field to write to: the one with effective overrides, otherwise the one that the package manager's version
 * reads.
 */
export function overrideField({ manager, overrides, lockfile }: Project): OverrideField {
  if (isRushLockfile(lockfile)) return 'rush';
  const used = overrides.entries.find(({ counts }) => counts)?.field;
  if (used !== undefined) return used;
  return specOf(manager).overrides.fieldToWrite({
    version: manager.version,
    lockVersion: lockfile?.formatVersion?.value,
  });
}

/** Returns edits of the root's files that write the lines, except for Rush; undefined if a file does not allow it. */
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

/** Nests a package's replacement beside those of its dependencies: the existing version moves under a dot key. */
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

/** Returns the single replacement that turns one text into another. */
function difference(before: string, after: string): TextEdit {
  const start = commonStart(before, after);
  const end = commonEnd(before, after, start);
  return {
    span: { start, end: before.length - end },
    newText: after.slice(start, after.length - end),
  };
}
