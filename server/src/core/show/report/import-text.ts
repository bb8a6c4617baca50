import type { ImportPlace, ImportPlan } from '../../judge/policy/import/plan-import.ts';
import { visibleText } from '../../read/text/words/visible-text.ts';
import { plural } from '../../read/text/words/words.ts';
import { wrap } from '../../read/text/wrap.ts';
import { COLOURED, PLAIN } from './paint.ts';

export interface ImportTextOptions {
  readonly columns: number;
  readonly colour: boolean;
  /** The file to write, as displayed. */
  readonly target: string;
  readonly written: boolean;
  /** Whether every file was read completely. */
  readonly isWhole: boolean;
}

/** Formats what an import adds, as the lines of a diff, what already exists, and what is not imported and why. */
export function importText(plan: ImportPlan, options: ImportTextOptions): string {
  const { columns, colour, target } = options;
  const paint = colour ? COLOURED : PLAIN;
  const { added, present, none } = plan;
  const lines: string[] = [];
  if (added.length > 0) lines.push(paint.strong(visibleText(target)));
  for (const { entry, places } of added) {
    lines.push(paint.faint(`  from ${places.map(describePlace).join(', ')}`));
    for (const [key, value] of Object.entries(entry)) {
      const text = `${JSON.stringify(key)}: ${visibleText(JSON.stringify(value))}`;
      const [first, ...rest] = wrap(text, columns - 4);
      lines.push(`  + ${first}`, ...rest.map((line) => `  +   ${line}`));
    }
  }
  if (present.length > 0) {
    lines.push(...heading(lines), `Already in ${visibleText(target)}:`);
    for (const place of present) lines.push(`  ${describePlace(place)} ${visibleText(place.text)}`);
  }
  if (none.length > 0) {
    lines.push(...heading(lines), 'Not imported:');
    for (const { place, why } of none) {
      lines.push(`  ${describePlace(place)} ${visibleText(place.text)}`);
      lines.push(...wrap(`${visibleText(why)}.`, columns - 6).map((line) => `      ${line}`));
    }
  }
  lines.push(...heading(lines), ...wrap(summary(plan, options), columns));
  return `${lines.join('\n')}\n`;
}

function heading(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [''];
}

function describePlace({ path, line }: ImportPlace): string {
  return `${visibleText(path)}:${line}`;
}

function summary(
  { added, present, none }: ImportPlan,
  { target, written, isWhole }: ImportTextOptions,
): string {
  const left = none.length === 0 ? '' : ` ${plural(none.length, 'entry', 'entries')} not imported.`;
  const file = visibleText(target);
  if (added.length > 0) {
    const entries = plural(added.length, 'entry', 'entries');
    return written
      ? `${entries} added to ${file}.${left}`
      : `${entries} to add. Use --write to write ${file}.${left}`;
  }
  if (present.length === 0 && none.length === 0)
    return `No ignore entries of other tools found${isWhole ? '' : ' in what could be read'}.`;
  return `Nothing to add.${left}`;
}
