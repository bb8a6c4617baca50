import type { SettingsFile } from '../config/setting-lines.ts';
import { camelCaseKey, kebabCaseKey } from '../config/setting-name.ts';
import { readerOf } from './managers.ts';
import type { SettingDefinition, SettingDefinitions } from './model/setting-definition.ts';
import { npmDefinitions } from './npm/definitions.ts';
import type { PackageManager } from './package-manager.ts';

/** Returns the settings that a file may have, as its keys are written; for an .npmrc also those that npm reads. */
export function knownSettings(file: SettingsFile, manager: PackageManager): SettingDefinitions {
  const { settings } = readerOf(file, manager);
  if (file.kind !== 'npmrc') return settings.definitions;
  if (!settings.areInNpmrc) return npmDefinitions();
  const own = Object.entries(settings.definitions).map(
    ([key, definition]) => [kebabCaseKey(key), definition] as const,
  );
  const all: SettingDefinitions = { ...npmDefinitions(), ...Object.fromEntries(own) };
  const isRead = ([key]: readonly [string, unknown]) => settings.readsNpmrcKey(key, manager.version) === true;
  return Object.fromEntries(Object.entries(all).filter(isRead));
}

/** Returns the definition of a key in a file, in the letter cases in which it is read. */
export function settingDefinition(
  file: SettingsFile,
  key: string,
  manager: PackageManager,
): SettingDefinition | undefined {
  const known = knownSettings(file, manager);
  const name = file.kind === 'pnpmWorkspace' ? camelCaseKey(key) : key;
  return Object.hasOwn(known, name) ? known[name] : undefined;
}
