import type { SettingsFile } from '../config/setting-lines.ts';
import { camelCaseKey, isUnknownKey, kebabCaseKey } from '../config/setting-name.ts';
import type { ConfigNode } from '../config/tree/config-tree.ts';
import type { Located, Span } from '../text/span.ts';
import { nearestWord } from '../text/words/nearest-word.ts';
import { isCooldownKey } from './cooldown-faults.ts';
import { isGuardingKey, isWeakeningValue, PROTECTING } from './guarding-key.ts';
import type { ManagerSpec } from './manager-spec.ts';
import { MANAGERS, readerOf, specOf } from './managers.ts';
import type { PackageManager } from './package-manager.ts';
import { isFrom } from './version.ts';

/**
 * What is wrong with a key. misspelled: almost a known one; deprecated: replaced by another; too-new: the version does not
 * know it; foreign: of another package manager; unread: in a file in which the version does not read it; misplaced: in
 * the wrong table.
 */
export interface SettingFault {
  readonly type: 'misspelled' | 'deprecated' | 'too-new' | 'foreign' | 'unread' | 'misplaced';
  readonly key: string;
  readonly keySpan: Span;
  readonly reader: ManagerSpec;
  /** What it is called, if it shares its title with another one. */
  readonly readerTitle?: string;
  /** The right key, the replacement, the first version, the owner, or the place. */
  readonly instead: string;
  /** Whether the setting protects an install. */
  readonly isGuarding: boolean;
}

/** Shorter keys are too similar to each other. */
const SHORTEST = 6;

interface Key {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: string | ConfigNode | undefined;
}

/** Returns whether a key would lower protection if it were read: then it is better as it is. */
function isBetterUnread({ value }: Key, meant: string, spec: ManagerSpec): boolean {
  const text = typeof value === 'string' ? value.trim() : value?.type === 'scalar' ? value.text : undefined;
  return text !== undefined && isWeakeningValue(spec, meant, text);
}

/** Returns the keys of a settings file that its package manager does not read as they are meant. */
export function settingFaults(file: SettingsFile, manager: PackageManager): readonly SettingFault[] {
  const reader = readerOf(file, manager);
  const version = reader.name === manager.name ? manager.version : undefined;
  if (file.kind === 'npmrc') {
    const keys = file.entries.filter(({ key }) => !/[:/]/.test(key) && !isUnknownKey(key));
    return keys.flatMap((entry) => inNpmrc(entry, reader, manager) ?? []);
  }
  if (file.kind === 'yarnrc' && file.dialect === 'classic') {
    // Later versions of Yarn do not read the file.
    const isRead = manager.because !== 'default' && specOf(manager) === reader;
    return isRead ? file.settings.flatMap((member) => inClassicYarnrc(member, reader) ?? []) : [];
  }
  const keys: readonly Key[] = file.kind === 'bunfig' ? file.install : file.settings;
  const found = keys.flatMap((member) => inOwnFile(member, reader, version) ?? []);
  if (file.kind !== 'bunfig') return found;
  return [...found, ...file.settings.flatMap((member) => misplaced(member, reader) ?? [])];
}

function inNpmrc(entry: Key, reader: ManagerSpec, manager: PackageManager): SettingFault | undefined {
  const { key, keySpan } = entry;
  const { settings } = reader;
  const isRead = settings.readsNpmrcKey(key, manager.version);
  if (isRead === undefined || isCooldownKey(key)) return undefined;
  const fault = (type: SettingFault['type'], instead: string, isGuarding: boolean): SettingFault => ({
    ...{ type, key, keySpan, reader, instead, isGuarding },
  });
  if (isRead) {
    const replacedBy = definitionOf(reader, key)?.replacedBy;
    return replacedBy === undefined ? undefined : fault('deprecated', replacedBy, false);
  }
  const name = reader.settings.areInNpmrc ? camelCaseKey(key) : key;
  const definition = reader.settings.areInNpmrc ? definitionOf(reader, name) : undefined;
  if (definition !== undefined) {
    const isGone = definition.until !== undefined && isFrom(manager.version, definition.until);
    return isGone || isBetterUnread(entry, name, reader)
      ? undefined
      : fault('unread', name, isGuardingKey(reader, name));
  }
  if (settings.readsNpmrcKey(key, undefined) === true) return undefined;
  const candidates = npmrcKeys(reader).filter((each) => isGuardingKey(reader, each));
  const meant = key.length < SHORTEST ? undefined : nearestWord(key, candidates);
  if (meant !== undefined)
    return isBetterUnread(entry, meant, reader) ? undefined : fault('misspelled', meant, true);
  // Without any sign of a package manager, a key may be for the one that a contributor uses.
  const owner = manager.because === 'default' ? undefined : ownerOf(key, reader);
  if (owner === undefined || isBetterUnread(entry, key, owner)) return undefined;
  return fault('foreign', owner.title, true);
}

/** Yarn 1 takes any key, so only those count that are meant to protect an install. */
function inClassicYarnrc(entry: Key, reader: ManagerSpec): SettingFault | undefined {
  const { key, keySpan } = entry;
  // Options of single commands, credentials, and registries of scopes.
  if (/^--|[/:@]/.test(key) || isCooldownKey(key) || isKnownKey(key, reader)) return undefined;
  const fault = (type: SettingFault['type'], instead: string): SettingFault => ({
    ...{ type, key, keySpan, reader, instead, isGuarding: true, readerTitle: `${reader.title} 1` },
  });
  const candidates = PROTECTING.flatMap((kind) => reader.settings.keys.guarding[kind] ?? []);
  const meant = key.length < SHORTEST ? undefined : nearestWord(key, candidates);
  if (meant !== undefined)
    return isBetterUnread(entry, meant, reader) ? undefined : fault('misspelled', meant);
  const owner = MANAGERS.find(
    (spec) =>
      [key, camelCaseKey(key)].some((name) => definitionOf(spec, name) !== undefined) &&
      isGuardingKey(spec, key),
  );
  if (owner === undefined || isBetterUnread(entry, key, owner)) return undefined;
  return fault('foreign', owner.name === reader.name ? `${owner.title} 2 and later` : owner.title);
}

function isKnownKey(key: string, { settings: { keys } }: ManagerSpec): boolean {
  const known = [...Object.values(keys.guarding).flat(), ...keys.harmless];
  return known.some((one) => (one.endsWith('*') ? key.startsWith(one.slice(0, -1)) : one === key));
}

/**
 * Returns the keys of the field in package.json that are almost one that the package manager reads there. Without their
 * values, those that may lower protection are left out.
 */
export function manifestFaults(
  keys: readonly Located<string>[],
  reader: ManagerSpec,
): readonly SettingFault[] {
  return keys.flatMap(({ value: key, span: keySpan }) => {
    const { definitions, weakening } = reader.settings;
    if (key.length < SHORTEST || definitionOf(reader, key) !== undefined) return [];
    const meant = nearestWord(key, Object.keys(definitions));
    if (meant === undefined || /^dangerously/.test(meant) || Object.hasOwn(weakening, meant)) return [];
    const isGuarding = isGuardingKey(reader, meant);
    return [{ type: 'misspelled', key, keySpan, reader, instead: meant, isGuarding } as const];
  });
}

function npmrcKeys({ settings }: ManagerSpec): readonly string[] {
  const own = Object.keys(settings.definitions);
  return settings.areInNpmrc ? own.map(kebabCaseKey) : own;
}

/** Returns another package manager that has a setting of this name which protects an install. */
function ownerOf(key: string, reader: ManagerSpec): ManagerSpec | undefined {
  const name = camelCaseKey(key);
  return MANAGERS.find(
    (spec) =>
      spec.name !== reader.name &&
      spec.settings.areInNpmrc &&
      Object.hasOwn(spec.settings.definitions, name) &&
      isGuardingKey(spec, name),
  );
}

function inOwnFile(member: Key, reader: ManagerSpec, version: string | undefined): SettingFault | undefined {
  const { key, keySpan } = member;
  const { definitions, areInNpmrc } = reader.settings;
  const name = areInNpmrc ? camelCaseKey(key) : key;
  if (isCooldownKey(key)) return undefined;
  const definition = definitionOf(reader, name);
  const fault = (type: SettingFault['type'], instead: string, meant: string): SettingFault => ({
    ...{ type, key, keySpan, reader, instead, isGuarding: isGuardingKey(reader, meant) },
  });
  if (definition === undefined) {
    const meant = name.length < SHORTEST ? undefined : nearestWord(name, Object.keys(definitions));
    if (meant === undefined || isBetterUnread(member, meant, reader)) return undefined;
    return fault('misspelled', meant, meant);
  }
  if (isBetterUnread(member, name, reader)) return undefined;
  if (key !== name && !reader.settings.readsKebabCase(version)) return fault('misspelled', name, name);
  const { since } = definition;
  if (since === undefined || version === undefined || isFrom(version, since)) return undefined;
  return isGuardingKey(reader, name) ? fault('too-new', since, name) : undefined;
}

/** Finds a setting of installs outside of its table. */
function misplaced(member: Key, reader: ManagerSpec): SettingFault | undefined {
  const { key, keySpan } = member;
  if (!isCooldownKey(key) && !isGuardingKey(reader, key)) return undefined;
  if (definitionOf(reader, key) === undefined || isBetterUnread(member, key, reader)) return undefined;
  return { type: 'misplaced', key, keySpan, reader, instead: '[install]', isGuarding: true };
}

function definitionOf({ settings: { definitions } }: ManagerSpec, key: string) {
  return Object.hasOwn(definitions, key) ? definitions[key] : undefined;
}
