import { type SettingsFile, settingLines } from '../../../read/config/setting-lines.ts';
import { settingDefinition } from '../../../read/manager/known-settings.ts';
import { cooldownKeyIn, readerOf } from '../../../read/manager/managers.ts';
import { describeWait } from '../../../read/project/manager/cooldown.ts';
import type { Project } from '../../../read/project/project.ts';
import { type Span, touches } from '../../../read/text/span.ts';
import { formatMinute } from '../../../read/text/words/dates.ts';
import type { HoverCard } from '../hover/card.ts';
import { line } from '../hover/card-line.ts';
import { defaultWords, typeWords } from './describe-setting.ts';

/**
 * Returns the card of a setting: what it does, its type and default, and the length of a cooldown. It never has the
 * value of any other setting, which may be a secret.
 */
export function settingHover(
  file: SettingsFile,
  offset: number,
  project: Project,
  now: number,
): { readonly span: Span; readonly card: HoverCard } | undefined {
  const { manager } = project;
  const found = keysOf(file).find(({ span }) => touches(span, offset));
  if (found === undefined) return undefined;
  const definition = settingDefinition(file, found.key, manager);
  if (definition === undefined) return undefined;
  const { title } = readerOf(file, manager);
  const { description, since, until, replacedBy } = definition;
  const header = [typeWords(definition), defaultWords(definition)].filter((text) => text !== undefined);
  const lines = [
    ...line('Cooldown', cooldownWords(file, found.key, project, now)),
    ...line('Since', since === undefined ? undefined : `${title} ${since}`),
    ...line('Until', until === undefined ? undefined : `${title} ${until}, which no longer reads it`),
    ...line('Deprecated', replacedBy === undefined ? undefined : `use ${replacedBy}`),
  ];
  return { span: found.span, card: { name: found.key, header, summary: description, lines } };
}

/** Formats `= 3 days; versions published before 21 Nov 2026 14:05 UTC pass`. */
function cooldownWords(
  file: SettingsFile,
  key: string,
  { manager }: Project,
  now: number,
): string | undefined {
  const reader = readerOf(file, manager);
  const value = settingLines(file).findLast((each) => each.key === key)?.value;
  if (value === undefined || key !== cooldownKeyIn(file, reader, manager.version)) return undefined;
  const wait = reader.cooldown.readAge(value);
  if (wait === undefined) return `no cooldown, because ${reader.title} cannot read this value`;
  if (wait === 0) return 'no cooldown';
  return `= ${describeWait({ wait })}; versions published before ${formatMinute(now - wait)} pass`;
}

/** Returns the keys of settings with the spans of their lines. */
function keysOf(file: SettingsFile): readonly { readonly key: string; readonly span: Span }[] {
  if (file.kind === 'npmrc')
    return file.entries.map(({ key, keySpan, valueSpan }) => ({
      ...{ key, span: { start: keySpan.start, end: valueSpan.end } },
    }));
  const members = file.kind === 'bunfig' ? file.install : file.settings;
  return members.map(({ key, keySpan, value }) => {
    const end = value?.type === 'scalar' ? value.span.end : keySpan.end;
    return { key, span: { start: keySpan.start, end } };
  });
}
