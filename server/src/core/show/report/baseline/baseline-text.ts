import type { Baseline } from '../../../judge/baseline/plan-baseline.ts';
import { managerTitle } from '../../../read/manager/manager-title.ts';
import type { CheckedFile } from '../../../read/project/checked-file.ts';
import type { Project } from '../../../read/project/project.ts';
import { secretsIn } from '../../../read/project/secrets/secrets-in.ts';
import { applyEdits } from '../../../read/text/edit.ts';
import { groupBy } from '../../../read/text/group-by.ts';
import { nameOf, relativeUri, type Uri } from '../../../read/text/paths/uri.ts';
import { sameLength } from '../../../read/text/secrets/mask-secrets.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import { COLOURED, PLAIN } from '../paint.ts';

export interface BaselineTextOptions {
  readonly columns: number;
  readonly colour: boolean;
  readonly isWritten: boolean;
  readonly files: ReadonlyMap<Uri, CheckedFile>;
  /** Returns the unified diff of two states of a file; the first is undefined for a new one. */
  diff(path: string, before: string | undefined, after: string): string;
}

/** Formats a baseline for a terminal, with a trailing newline: the difference of each file, and what is left as it is. */
export function baselineText(
  project: Project,
  { added, edits, kept, unwritten }: Baseline,
  { columns, colour, isWritten, files, diff }: BaselineTextOptions,
): string {
  const paint = colour ? COLOURED : PLAIN;
  const { name, version } = project.manager;
  const manager = `${managerTitle(name)} ${version ?? 'of unknown version'}`;
  const blocks: string[][] = [];
  const done = isWritten ? 'added' : 'to add';
  const head =
    added.length === 0
      ? `Nothing to add for ${manager}.`
      : `${plural(added.length, 'setting')} ${done} for ${manager}.`;
  blocks.push(wrap(head, columns).map(paint.strong));
  for (const [uri, of] of groupBy(edits, (edit) => edit.uri)) {
    const path = relativeUri(project.root, uri);
    const before = withoutSecrets(files.get(uri));
    const patch = diff(path, files.has(uri) ? before : undefined, applyEdits(before, of));
    const rows = patch.trimEnd().split(/\r?\n/).map(visibleText);
    const inFile = added.filter((line) => line.uri === uri && path.endsWith('.json'));
    blocks.push([
      ...rows.map((row) => (/^(?:---|\+\+\+) /.test(row) ? paint.strong(row) : row)),
      // JSON has no comments.
      ...inFile.flatMap(({ reason }) => wrap(reason, columns - 2).map((row) => `  ${row}`)),
    ]);
  }
  if (kept.length > 0)
    blocks.push([
      'Left as they are:',
      ...kept.flatMap(({ uri, setting, proposed }) =>
        wrap(visibleText(`${nameOf(uri)}: ${setting} (safe: ${proposed})`), columns - 2).map(
          (row) => `  ${row}`,
        ),
      ),
    ]);
  if (unwritten.length > 0)
    blocks.push([
      'Not added, as the file cannot be edited:',
      ...unwritten.flatMap(({ uri, setting, reason }) =>
        wrap(visibleText(`${nameOf(uri)}: ${setting}. ${reason}`), columns - 2).map((row) => `  ${row}`),
      ),
    ]);
  const isOneFile = new Set(edits.map(({ uri }) => uri)).size === 1;
  if (added.length > 0 && !isWritten)
    blocks.push([`Nothing was written. Add --write to write ${isOneFile ? 'this file' : 'these files'}.`]);
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Returns the text of a file with its secrets covered, at the same offsets. */
function withoutSecrets(file: CheckedFile | undefined): string {
  if (file === undefined) return '';
  return applyEdits(
    file.text,
    secretsIn(file).map(({ span }) => ({ span, newText: sameLength(file.text.slice(span.start, span.end)) })),
  );
}
