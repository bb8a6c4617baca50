import { isManagerUpdate } from '../../../judge/changes/is-manager-update.ts';
import { settingWeakening } from '../../../judge/changes/setting-weakening.ts';
import type { SettingKind } from '../../../read/manager/model/setting-table.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import { COLOURED, PLAIN } from '../paint.ts';
import type { ChangedConfiguration, LocatedChange } from './configuration-report.ts';

/** What settings decide, in a word or two. */
const KINDS: Readonly<Record<SettingKind, string>> = {
  registry: 'registry',
  lockfile: 'lockfile',
  integrity: 'verification',
  scripts: 'scripts',
  code: 'runs code',
  check: 'left out of checks',
  privacy: 'private names',
  other: 'read by an install',
};

/** The same of a file that a setting names and an install reads. */
const CONTENTS: Readonly<Partial<Record<SettingKind, string>>> = {
  integrity: 'trusted certificates',
  scripts: 'allows install scripts',
};

/** The kinds that decide where packages come from, what is verified, and which programs run. */
const FIRST: ReadonlySet<SettingKind> = new Set(['registry', 'lockfile', 'integrity', 'code']);

const LONGEST_VALUE = 200;

/** Formats the differences in configuration files for a terminal, with a trailing newline; empty if there are none. */
export function configurationText(
  files: readonly ChangedConfiguration[],
  base: string,
  { columns, colour }: { readonly columns: number; readonly colour: boolean },
): string {
  const paint = colour ? COLOURED : PLAIN;
  return files
    .map(({ path, file, changes }) => {
      const settings = plural(changes.length, 'setting');
      // A file that an install runs is not a list of settings.
      const isProgram = changes.every(({ key }) => key === 'contents');
      const words = isProgram
        ? { kept: 'changed', new: 'new', gone: 'gone' }
        : {
            kept: `${settings} changed`,
            new: `new, with ${settings}`,
            gone: `gone, with ${settings}`,
          };
      const head = wrap(visibleText(`${path}: ${words[file]} since ${base}.`), columns);
      const rows = changes.flatMap((change) => {
        const { sign, note } = marksOf(change, paint);
        const kind = paint.faint(`(${note})`);
        const [first = '', ...rest] = wrap(visibleText(wordsOf(change)), columns - 4);
        const lines = [`  ${sign} ${first}`, ...rest.map((row) => `    ${row}`)];
        const last = lines.at(-1)!;
        const fits = last.length + note.length + 4 <= columns;
        return fits ? [...lines.slice(0, -1), `${last}  ${kind}`] : [...lines, `      ${kind}`];
      });
      return `\n${[...head.map((row) => paint.strong(row)), ...rows].join('\n')}\n`;
    })
    .join('');
}

/** Returns the mark before a change and the note after it, which says "new" or "gone" if the mark is "!". */
function marksOf(
  change: LocatedChange,
  paint: typeof PLAIN,
): { readonly sign: string; readonly note: string } {
  const { before, after, kind } = change;
  const [mark, state] =
    before === undefined ? ['+', ', new'] : after === undefined ? ['-', ', gone'] : ['~', ''];
  const isWeaker = settingWeakening(change)?.isOfOne === false;
  // A new script that an install runs.
  const isNewScript = change.key.startsWith('scripts.') && before === undefined;
  const isFile = change.key === 'contents';
  const isFirst = isFile || isWeaker || isNewScript || (FIRST.has(kind) && !isManagerUpdate(change));
  if (!isFirst) return { sign: mark, note: KINDS[kind] };
  const note = isFile ? (CONTENTS[kind] ?? KINDS[kind]) : KINDS[kind] + state;
  return { sign: paint.severity('error', '!'), note };
}

function wordsOf({ key, kind, before, after, line, by }: LocatedChange): string {
  if (key === 'contents') {
    // The number of files for a package in node_modules.
    if (after?.endsWith(' file') || after?.endsWith(' files')) return `${after} changed`;
    const what =
      before === undefined ? 'new file' : after === undefined ? 'file is gone' : 'contents changed';
    return by === undefined ? what : `${what}, ${kind === 'code' ? 'run' : 'named'} by ${by}`;
  }
  const place = line === undefined ? '' : `line ${line}: `;
  if (before === undefined) return `${place}${key} ${short(after)}`;
  if (after === undefined) return `${key} ${short(before)}`;
  return `${place}${key} ${short(before)} → ${short(after)}`;
}

function short(value = ''): string {
  if (value === '') return '""';
  return value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;
}
