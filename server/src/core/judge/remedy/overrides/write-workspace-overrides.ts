import { setMapEntries } from '../../../read/config/tree/set-map-entries.ts';
import type { Project } from '../../../read/project/project.ts';
import type { FileEdit } from '../../../read/text/finding.ts';
import { joinUri } from '../../../read/text/paths/uri.ts';
import type { OverrideLine } from './override-line.ts';

/**
 * Returns edits that write lines into `overrides` of pnpm-workspace.yaml, creating it if missing. Updates the values of
 * existing lines; keeps comments and other lines. Undefined if the file is broken.
 */
export function writeWorkspaceOverrides(
  { root, pnpmWorkspace }: Pick<Project, 'root' | 'pnpmWorkspace'>,
  lines: readonly OverrideLine[],
): readonly FileEdit[] | undefined {
  if ((pnpmWorkspace?.problems.length ?? 0) > 0 || lines.some(({ path }) => path.length !== 1))
    return undefined;
  const uri = pnpmWorkspace?.uri ?? joinUri(root, 'pnpm-workspace.yaml');
  const key = 'overrides';
  const place = { text: pnpmWorkspace?.text, key, member: pnpmWorkspace?.setting(key) };
  const edits = setMapEntries(
    place,
    lines.map(({ path, value }) => [path[0]!, value]),
  );
  return edits?.map((edit) => ({ uri, ...edit }));
}
