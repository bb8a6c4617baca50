import type { NpmrcEntry } from '../../read/config/npm/npmrc.ts';
import { expandedKey, isUnknownKey } from '../../read/config/setting-name.ts';
import { bun } from '../../read/manager/bun/bun.ts';
import type { ManagerSpec } from '../../read/manager/manager-spec.ts';
import { specOfYarnrc } from '../../read/manager/managers.ts';
import type { SettingKind, SettingTable } from '../../read/manager/model/setting-table.ts';
import { npm } from '../../read/manager/npm/npm.ts';
import { PNPM_FIELD } from '../../read/manager/pnpm/files.ts';
import { pnpm } from '../../read/manager/pnpm/pnpm.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { type GuardingSetting, isAmong, kindIn, type RepeatedSetting } from './guarding-setting.ts';
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
import { HARMLESS_POLICY, MANIFEST_SETTINGS, POLICY_SETTINGS } from './setting-tables.ts';
import { hasOneValue } from './setting-weakening.ts';

/**
 * Returns the settings of a file that decide what an install resolves, checks and runs, in text order.
 *
 * @param also scripts of a manifest that count although no install runs them, and as `field.**` fields of tools
 */
export function guardingSettings(
  file: CheckedFile,
  also: ReadonlySet<string> = NONE,
): readonly GuardingSetting[] {
  return settingsOf(file, also).settings;
}

/** Returns keys that appear twice in one map of a file and contain such a setting. */
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
      return settingsInTree(file.settings, kindsOf(specOfYarnrc(file)));
    case 'bunfig':
      return settingsInTree(file.settings, kindsOf(bun));
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

/** Checks whether a key of package.json belongs to a field read by some tool rather than a package manager. */
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
        : kindsOf(npm)(dashed.split('.'), text);
    if (kind !== undefined)
      settings.push({
        ...{ key, path: [key], kind, value: all ?? text, isItem: list && all === undefined },
        ...{ span: lineSpan, valueSpan, valueText: text },
      });
  }
  return settings;
}

/** Returns the joined values of scalar settings that use `[]` lines: npm joins these into one value, `true,false`. */
function joinedValues(entries: readonly NpmrcEntry[]): ReadonlyMap<string, string> {
  const states = new Map<string, { values: string[]; hasList: boolean; hasPlain: boolean }>();
  for (const { key, list, value } of entries) {
    const state = states.get(key) ?? { values: [], hasList: false, hasPlain: false };
    states.set(key, state);
    state.hasList ||= list;
    state.hasPlain ||= !list;
    // A line without brackets replaces the earlier ones, unless the value is already a list.
    if (!state.hasList) state.values = [];
    state.values.push(value.trim());
  }
  const joined = [...states].filter(
    ([key, { hasList, hasPlain }]) => hasList && (hasPlain || hasOneValue(key)),
  );
  return new Map(joined.map(([key, { values }]) => [key, values.join(',')]));
}

/** pnpm expands variables in a key. */
function pnpmKind(path: readonly string[], value: string): SettingKind | undefined {
  return isUnknownKey(path[0] ?? '') ? 'code' : kindsOf(pnpm)(path, value);
}

function kindsOf({ settings: { keys } }: ManagerSpec): KindAt {
  return (path, value) =>
    keys.hasScopes && isScopeRegistry(path[0] ?? '')
      ? 'registry'
      : kindOf(keys.guarding, keys.harmless, keys.spelled(path), value);
}

type KindAt = (path: readonly string[], value: string) => SettingKind | undefined;

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
      return known === undefined && section === PNPM_FIELD ? pnpmKind(path.slice(1), value) : known;
    },
  };
}

/** Unknown keys count unless listed as harmless, as a later version may read them. */
const POLICY_KEYS: JsonKeys = {
  isWanted: (key) => !isAmong(HARMLESS_POLICY, [key]),
  kindAt: (path) => kindIn(POLICY_SETTINGS, path) ?? 'check',
};

/** Checks whether a top-level key starts one in the table, which skips the thousands of dependency lines. */
function isGuarding(table: SettingTable, key: string): boolean {
  return Object.values(table).some((patterns: readonly string[]) =>
    patterns.some((pattern) => pattern === key || pattern.startsWith(`${key}.`)),
  );
}
