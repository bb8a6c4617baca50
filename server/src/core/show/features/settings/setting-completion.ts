import type { SettingsFile } from '../../../read/config/setting-lines.ts';
import { DAY } from '../../../read/manager/cooldown-settings.ts';
import { knownSettings, settingDefinition } from '../../../read/manager/known-settings.ts';
import { cooldownKeyIn, readerOf } from '../../../read/manager/managers.ts';
import type { SettingDefinition } from '../../../read/manager/model/setting-definition.ts';
import { isFrom, mayBeBefore } from '../../../read/manager/version.ts';
import type { Project } from '../../../read/project/project.ts';
import { plural } from '../../../read/text/words/words.ts';
import type { Completion, Completions } from '../completion/completion.ts';
import { defaultWords, isTypeName, typeWords } from './describe-setting.ts';
import type { SettingPlace } from './setting-place.ts';

/** Completes keys that the package manager's version reads, and the values of those with a fixed set. */
export function settingCompletions(place: SettingPlace, file: SettingsFile, project: Project): Completions {
  const items = place.isKey ? keys(place, file, project) : values(place, file, project);
  const typed = place.typed.toLowerCase();
  return { items: items.filter(({ value }) => value.toLowerCase().startsWith(typed)), isIncomplete: false };
}

function keys(place: SettingPlace, file: SettingsFile, { manager }: Project): readonly Completion[] {
  const reader = readerOf(file, manager);
  const version = reader.name === manager.name ? manager.version : undefined;
  const isRead = ({ since, until }: SettingDefinition) =>
    (since === undefined || version === undefined || isFrom(version, since)) &&
    (until === undefined || (version !== undefined && mayBeBefore(version, until)));
  return Object.entries(knownSettings(file, manager))
    .filter(([key, definition]) => !place.taken.has(key) && isRead(definition))
    .map(([key, definition]) => ({
      label: key,
      detail: [typeWords(definition), defaultWords(definition)]
        .filter((text) => text !== undefined)
        .join(', '),
      documentation: definition.description,
      value: key,
      kind: 'setting',
      deprecated: definition.replacedBy !== undefined,
    }));
}

const DAYS = [3, 7, 1];

function values(place: SettingPlace, file: SettingsFile, { manager }: Project): readonly Completion[] {
  const reader = readerOf(file, manager);
  if (place.name !== '' && place.name === cooldownKeyIn(file, reader, manager.version))
    return DAYS.flatMap((days) => {
      const value = reader.cooldown.writeAge(days * DAY);
      return value === undefined ? [] : [choice(value, plural(days, 'day'))];
    });
  const definition = settingDefinition(file, place.name, manager);
  if (definition === undefined) return [];
  const fixed = definition.type.filter((type) => !isTypeName(type)).map(String);
  const all = definition.type.includes('boolean') ? ['true', 'false', ...fixed] : fixed;
  const usual = definition.default === undefined ? undefined : String(definition.default);
  return [...new Set(all)].map((value) => choice(value, value === usual ? 'default' : ''));
}

function choice(value: string, detail: string): Completion {
  return { label: value, detail, documentation: undefined, value, kind: 'choice', deprecated: false };
}
