import { nonOverlapping } from '../../../core/judge/remedy/non-overlapping.ts';
import { applyEdits } from '../../../core/read/text/edit.ts';
import type { FileEdit } from '../../../core/read/text/finding.ts';
import { groupBy } from '../../../core/read/text/group-by.ts';
import { isWithin, relativeUri, type Uri } from '../../../core/read/text/paths/uri.ts';
import { maskSecrets, sameLength } from '../../../core/read/text/secrets/mask-secrets.ts';
import { HOLDS_SECRET } from '../../../core/show/report/check/finding-lines.ts';
import type { Report } from '../../../core/show/report/check/report.ts';
import { unifiedDiff } from '../unified-diff.ts';
import { editedPaths, writeEdits } from '../write-edits.ts';

/** What `--fix` wrote, or would write. */
export interface AppliedFixes {
  /** How many findings the edits fix. */
  readonly fixed: number;
  /** The changed files, relative to the checked directory. */
  readonly paths: readonly string[];
}

/**
 * Writes the safe fixes of a report that can be applied together, as the editor's fix-all does. Files above the checked
 * directory stay as they are. Throws `WrongUse` if a file cannot be written.
 */
export async function applyFixes(report: Report): Promise<AppliedFixes> {
  const { root, textOf } = report;
  const { fixed, edits } = chosenFixes(report);
  await writeEdits({ root, edits, textOf });
  return { fixed, paths: editedPaths({ root, edits, textOf }) };
}

/** Returns the same as a unified diff in which secrets are covered, and writes nothing. */
export function fixesAsDiff(report: Report): string {
  const { root } = report;
  const files = [...groupBy(chosenFixes(report).edits, ({ uri }) => uri)];
  return files
    .map(([uri, edits]) => {
      const path = relativeUri(root, uri);
      const before = covered(uri, report);
      const patch = unifiedDiff(path, before, applyEdits(before ?? '', edits));
      return maskSecrets(patch, sameLength);
    })
    .join('');
}

/** Returns the text of a file with every reported secret covered, whatever it looks like, at the same offsets. */
function covered(uri: Uri, { findings, textOf }: Report): string | undefined {
  const text = textOf(uri);
  if (text === undefined) return undefined;
  const spans = findings.flatMap(({ finding }) =>
    finding.rule === HOLDS_SECRET && finding.uri === uri ? finding.span : [],
  );
  return applyEdits(
    text,
    spans.map((span) => ({ span, newText: sameLength(text.slice(span.start, span.end)) })),
  );
}

function chosenFixes({ root, findings }: Report): {
  readonly fixed: number;
  readonly edits: readonly FileEdit[];
} {
  const safe = findings.flatMap(
    ({ fixes }) => fixes.find(({ applicability }) => applicability === 'safe') ?? [],
  );
  const chosen = nonOverlapping(safe.filter(({ edits }) => edits.every(({ uri }) => isWithin(root, uri))));
  return { fixed: chosen.length, edits: chosen.flatMap(({ edits }) => edits) };
}
