import type { NpmrcEntry } from '../../read/config/npm/npmrc.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { SettingKind } from '../../read/project/setting-kind.ts';
import {
  type GuardingSetting,
  isAmong,
  kindIn,
  type RepeatedSetting,
  type SettingTable,
} from './guarding-setting.ts';
import {
  HARMLESS_BERRY,
  HARMLESS_BUN,
  HARMLESS_CLASSIC,
  HARMLESS_NPMRC,
  HARMLESS_PNPM,
  HARMLESS_POLICY,
} from './harmless-settings.ts';
import { installScripts, LIFECYCLE } from './install-scripts.ts';
import { TOOL_FIELDS } from './reach/tool-tables.ts';
import {
  type JsonKeys,
  NO_SETTINGS,
  type SettingsRead,
  settingsInJson,
  settingsInTree,
} from './read-settings.ts';
import { rushTable } from './rush-settings.ts';
import { camelCaseKey, expandedKey, isUnknownKey } from './setting-name.ts';
import {
  BERRY_SETTINGS,
  BUN_SETTINGS,
  CLASSIC_SETTINGS,
  MANIFEST_SETTINGS,
  NPMRC_SETTINGS,
  PNPM_SETTINGS,
  POLICY_SETTINGS,
} from './setting-tables.ts';
import { hasOneValue } from './setting-weakening.ts';

/**
 * The settings of a file that decide what an install takes, checks and runs, in the order of the text.
 *
 * @param also scripts of a manifest that count although no install runs them, and as `field.**` fields of tools
 */
export function guardingSettings(
  file: CheckedFile,
  also: ReadonlySet<string> = NONE,
): readonly GuardingSetting[] {
  return settingsOf(file, also).settings;
}

/** Keys that appear twice in one map of a file and hold a setting of those. */
export function repeatedSettings(file: CheckedFile): readonly RepeatedSetting[] {
  return settingsOf(file, LIFECYCLE).repeated;
}

function settingsOf(file: CheckedFile, also: ReadonlySet<string>): SettingsRead {
  switch (file.kind) {
    case 'npmrc':
      return { settings: fromLines(file.entries), repeated: [] };
    case 'pnpmWorkspace':
      return settingsInTree(file.settings, pnpmKind);
    case 'yarnrc':
      return settingsInTree(
        file.settings,
        file.dialect === 'berry'
          ? (path, value) => kindOf(BERRY_SETTINGS, HARMLESS_BERRY, path, value)
          : classicKind,
      );
    case 'bunfig':
      return settingsInTree(file.settings, (path, value) => kindOf(BUN_SETTINGS, HARMLESS_BUN, path, value));
    case 'manifest':
      return settingsInJson(file.text, manifestKeys(installScripts(file), also), false);
    case 'policy':
      return settingsInJson(file.text, POLICY_KEYS, true);
    case 'rush': {
      const { settings, harmless } = rushTable(file);
      return settingsInJson(
        file.text,
        { isWanted: () => true, kindAt: (path, value) => kindOf(settings, harmless, path, value) },
        true,
      );
    }
    default:
      return NO_SETTINGS;
  }
}

/** Tells whether a key of package.json is in a field that some tool reads, and no package manager. */
export function isToolField(key: string): boolean {
  return FIELDS.has(key.split('.', 1)[0]!);
}

const FIELDS: ReadonlySet<string> = new Set(TOOL_FIELDS);
const NONE: ReadonlySet<string> = new Set();

/** With a scheme, or without one as many scripts of packages take it. */
const URL_START = /^(?:[a-z][a-z\d+.-]*:)?\/\//i;
const PATH_START = /^(?:\.{1,2}|~|[a-z]:)?[/\\]/i;
const HOST = /^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:\/|$)/;
const HOST_KEY = /host|mirror|url|cdn|site|server|registry|base/i;

/**
 * A key that is neither in the table nor known to be harmless counts: with a URL or host it says where something comes from, and
 * what a path leads to may be run.
 */
function kindOf(
  table: SettingTable,
  harmless: readonly string[],
  path: readonly string[],
  value: string,
): SettingKind | undefined {
  const known = kindIn(table, path);
  if (known !== undefined) return known;
  if (isAmong(harmless, path)) return isAliasInCatalog(path, value) ? 'other' : undefined;
  if (URL_START.test(value)) return 'registry';
  if (PATH_START.test(value)) return 'code';
  return HOST.test(value) && HOST_KEY.test(path.at(-1) ?? '') ? 'registry' : 'other';
}

/** Of catalogs, the lockfile shows versions: not that a name stands for another package. */
function isAliasInCatalog(path: readonly string[], value: string): boolean {
  return /^catalogs?$/.test(path.find((key) => key !== 'workspaces') ?? '') && value.startsWith('npm:');
}

function fromLines(entries: readonly NpmrcEntry[]): readonly GuardingSetting[] {
  const settings: GuardingSetting[] = [];
  const joined = joinedValues(entries);
  for (const { key, list, value, lineSpan, valueSpan } of entries) {
    const whole = expandedKey(key);
    const name = whole.slice(whole.startsWith('//') ? whole.lastIndexOf(':') + 1 : 0);
    const dashed = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const text = value.trim();
    const all = joined.get(key);
    const kind = isScopeRegistry(whole)
      ? 'registry'
      : isUnknownKey(name)
        ? 'code'
        : kindOf(NPMRC_SETTINGS, HARMLESS_NPMRC, dashed.split('.'), text);
    if (kind !== undefined)
      settings.push({
        ...{ key, path: [key], kind, value: all ?? text, isItem: list && all === undefined },
        ...{ span: lineSpan, valueSpan, valueText: text },
      });
  }
  return settings;
}

/** Settings of one value that have lines with `[]`: npm makes one value of these, `true,false`. */
function joinedValues(entries: readonly NpmrcEntry[]): ReadonlyMap<string, string> {
  const states = new Map<string, { values: string[]; hasList: boolean; hasPlain: boolean }>();
  for (const { key, list, value } of entries) {
    const state = states.get(key) ?? { values: [], hasList: false, hasPlain: false };
    states.set(key, state);
    state.hasList ||= list;
    state.hasPlain ||= !list;
    // Without brackets, a line replaces those before it, but for what is a list already.
    if (!state.hasList) state.values = [];
    state.values.push(value.trim());
  }
  const joined = [...states].filter(
    ([key, { hasList, hasPlain }]) => hasList && (hasPlain || hasOneValue(key)),
  );
  return new Map(joined.map(([key, { values }]) => [key, values.join(',')]));
}

/** pnpm takes a key in any spelling of its words, and expands variables in it. */
function pnpmKind([key = '', ...rest]: readonly string[], value: string): SettingKind | undefined {
  if (isUnknownKey(key)) return 'code';
  return kindOf(PNPM_SETTINGS, HARMLESS_PNPM, [camelCaseKey(key), ...rest], value);
}

/** `--install.ignore-scripts` is `ignore-scripts` for one command. */
function classicKind([key = '']: readonly string[], value: string): SettingKind | undefined {
  if (isScopeRegistry(key)) return 'registry';
  return kindOf(CLASSIC_SETTINGS, HARMLESS_CLASSIC, [key.replace(/^--(?:[\w-]+\.)?/, '')], value);
}

function isScopeRegistry(key: string): boolean {
  return key.startsWith('@') && key.endsWith(':registry');
}

function manifestKeys(run: ReadonlySet<string>, also: ReadonlySet<string>): JsonKeys {
  return {
    isWanted: (key) => isGuarding(MANIFEST_SETTINGS, key),
    kindAt: (path, value) => {
      const [section, name = ''] = path;
      const counts = section !== 'scripts' || run.has(name) || also.has(name);
      const isOfCalledTool = !FIELDS.has(section ?? '') || also.has(`${section}.**`);
      if (!counts || !isOfCalledTool) return undefined;
      const known = kindIn(MANIFEST_SETTINGS, path);
      if (known === 'other' && /(?:^|\.)catalogs?\./.test(path.join('.')) && !isAliasInCatalog(path, value))
        return undefined;
      return known === undefined && section === 'pnpm' ? pnpmKind(path.slice(1), value) : known;
    },
  };
}

/** A key that is not known to be harmless counts: a later version may read it. */
const POLICY_KEYS: JsonKeys = {
  isWanted: (key) => !isAmong(HARMLESS_POLICY, [key]),
  kindAt: (path) => kindIn(POLICY_SETTINGS, path) ?? 'check',
};

/** Whether a top-level key is the beginning of one in the table: dependencies are thousands of lines that are none. */
function isGuarding(table: SettingTable, key: string): boolean {
  return Object.values(table).some((patterns: readonly string[]) =>
    patterns.some((pattern) => pattern === key || pattern.startsWith(`${key}.`)),
  );
}
