import type { UpdateLevel } from '../../../know/registry/releases/update-level.ts';
import { hanging } from '../../../read/text/hanging-text.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';

/** A written range, or one a dry run would write. */
export interface WrittenRange {
  readonly name: string;
  /** The file with the range, relative to the directory. */
  readonly path: string;
  readonly from: string;
  readonly to: string;
  readonly level: UpdateLevel;
}

/** The result of `outdated --write`. */
export interface WrittenUpdates {
  readonly isDryRun: boolean;
  readonly level: UpdateLevel;
  readonly ranges: readonly WrittenRange[];
  /** The commands that update the lockfile of each project; `path` is the project's, empty for the directory's. */
  readonly commands: readonly { readonly path: string; readonly command: string }[];
  /** Whether nothing remains outdated. */
  readonly isWhole: boolean;
}

/** Returns what was written and what to run, after an empty line. */
export function writtenLines(
  { isDryRun, level, ranges, commands }: WrittenUpdates,
  columns: number,
): string[] {
  if (ranges.length === 0) return ['', `Nothing to write up to ${level}.`];
  const lines = ['', isDryRun ? 'Would write:' : 'Wrote:'];
  for (const { name, path, from, to, level: own } of ranges)
    lines.push(...hanging('  ', visibleText(`${name}: ${from} → ${to} in ${path} (${own})`), columns));
  for (const { path, command } of commands)
    lines.push(`Then run${path === '' ? '' : visibleText(` in ${path}`)}: ${visibleText(command)}`);
  return lines;
}

/** Returns the same as data: members may be added later, none is renamed or removed. */
export function writtenJson({ isDryRun, level, ranges, commands }: WrittenUpdates): object {
  const files = [...new Set(ranges.map(({ path }) => path))].sort();
  return { dryRun: isDryRun, level, ranges, files, commands };
}
