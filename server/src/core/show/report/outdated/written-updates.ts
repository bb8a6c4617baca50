import type { UpdateLevel } from '../../../know/registry/releases/update-level.ts';
import { hanging } from '../../../read/text/hanging-text.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';

/** A range that was written, or would be. */
export interface WrittenRange {
  readonly name: string;
  /** Of the file with the range, relative to the directory. */
  readonly path: string;
  readonly from: string;
  readonly to: string;
  readonly level: UpdateLevel;
}

/** What `outdated --write` did. */
export interface WrittenUpdates {
  readonly isDryRun: boolean;
  readonly level: UpdateLevel;
  readonly ranges: readonly WrittenRange[];
  /** What makes the lockfile of each project follow; `path` is the project's, empty for that of the directory. */
  readonly commands: readonly { readonly path: string; readonly command: string }[];
  /** Whether nothing stays outdated. */
  readonly isWhole: boolean;
}

/** Returns what was written and what to run, behind an empty line. */
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
