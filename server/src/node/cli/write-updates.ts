import { editsOf, largestUpTo, type RangeUpdate } from '../../core/judge/remedy/range-updates.ts';
import { fitCommand } from '../../core/judge/remedy/refresh-command.ts';
import type { UpdateLevel } from '../../core/know/registry/releases/update-level.ts';
import type { Project } from '../../core/read/project/project.ts';
import { groupBy } from '../../core/read/text/group-by.ts';
import { relativeUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { OutdatedReport } from '../../core/show/report/outdated/outdated-report.ts';
import type { WrittenUpdates } from '../../core/show/report/outdated/written-updates.ts';
import { writeEdits } from './write-edits.ts';

interface WriteOptions {
  readonly root: Uri;
  readonly level: UpdateLevel;
  readonly isDryRun: boolean;
  readonly textOf: (uri: Uri) => string | undefined;
}

/** Writes the latest version within a level into each outdated range. */
export async function writeUpdates(
  { updates, outdated }: OutdatedReport,
  { root, level, isDryRun, textOf }: WriteOptions,
): Promise<WrittenUpdates> {
  const chosen = new Map<Project, RangeUpdate[]>();
  for (const [project, of] of groupBy(updates, (each) => each.project)) {
    const largest = of.flatMap((each) => largestUpTo(each.updates, level) ?? []);
    if (largest.length > 0) chosen.set(project, largest);
  }
  for (const [project, of] of chosen)
    await writeEdits({ root: project.root, edits: editsOf(of, textOf), textOf, isDryRun });
  const ranges = [...chosen.values()]
    .flat()
    .map(({ range, token, text, level: own }) => ({
      ...{ name: range.name, path: relativeUri(root, token.uri) },
      ...{ from: range.declared, to: text, level: own },
    }))
    .sort((a, b) => compareText(a.path, b.path) || compareText(a.name, b.name));
  const commands = [...chosen.keys()].flatMap((project) => {
    const command = fitCommand(project);
    return command === undefined ? [] : [{ path: relativeUri(root, project.root), command }];
  });
  const isWhole = outdated.every(({ name, path, latest }) =>
    [...chosen.values()]
      .flat()
      .some(
        ({ range, token, version }) =>
          range.name === name && relativeUri(root, token.uri) === path && version === latest,
      ),
  );
  return { isDryRun, level, ranges, commands, isWhole };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
