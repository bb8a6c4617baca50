import type { NpmrcEntry } from '../../read/config/npm/npmrc.ts';
import {
  type ConfigMember,
  type ConfigNode,
  type ConfigScalar,
  membersOf,
} from '../../read/config/tree/config-tree.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { SettingKind } from '../../read/project/setting-kind.ts';
import type { JsonNode } from '../../read/text/json/json-node.ts';
import { parseJsonTree } from '../../read/text/json/json-tree.ts';
import type { Span } from '../../read/text/span.ts';
import { type GuardingSetting, isAmong, kindIn, type SettingTable } from './guarding-setting.ts';
import {
  HARMLESS_BERRY,
  HARMLESS_BUN,
  HARMLESS_CLASSIC,
  HARMLESS_NPMRC,
  HARMLESS_PNPM,
  HARMLESS_POLICY,
} from './harmless-settings.ts';
import { installScripts } from './install-scripts.ts';
import { TOOL_FIELDS } from './reach/tool-tables.ts';
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

/**
 * The settings of a file that decide what an install takes, checks and runs, in the order of the text.
 *
 * @param also scripts of a manifest that count although no install runs them, and as `field.**` fields of tools
 */
export function guardingSettings(
  file: CheckedFile,
  also: ReadonlySet<string> = NONE,
): readonly GuardingSetting[] {
  switch (file.kind) {
    case 'npmrc':
      return fromLines(file.entries);
    case 'pnpmWorkspace':
      return fromTree(file.settings, pnpmKind);
    case 'yarnrc':
      return fromTree(
        file.settings,
        file.dialect === 'berry'
          ? (path, value) => kindOf(BERRY_SETTINGS, HARMLESS_BERRY, path, value)
          : classicKind,
      );
    case 'bunfig':
      return fromTree(file.settings, (path, value) => kindOf(BUN_SETTINGS, HARMLESS_BUN, path, value));
    case 'manifest':
      return fromJson(file.text, MANIFEST_KEYS, false).filter(({ key }) => {
        if (!key.startsWith(SCRIPTS)) return !isToolField(key) || also.has(`${key.split('.', 1)[0]}.**`);
        const name = key.slice(SCRIPTS.length);
        return installScripts(file).has(name) || also.has(name);
      });
    case 'policy':
      return fromJson(file.text, POLICY_KEYS, true);
    case 'rush': {
      const { settings, harmless } = rushTable(file);
      return fromJson(
        file.text,
        { isWanted: () => true, kindAt: (path, value) => kindOf(settings, harmless, path, value) },
        true,
      );
    }
    default:
      return [];
  }
}

/** Tells whether a key of package.json is in a field that some tool reads, and no package manager. */
export function isToolField(key: string): boolean {
  return FIELDS.has(key.split('.', 1)[0]!);
}

const FIELDS: ReadonlySet<string> = new Set(TOOL_FIELDS);
const SCRIPTS = 'scripts.';
const NONE: ReadonlySet<string> = new Set();

/** A key that is neither in the table nor known to be harmless counts; with an address it says where something comes from. */
function kindOf(
  table: SettingTable,
  harmless: readonly string[],
  path: readonly string[],
  value: string,
): SettingKind | undefined {
  const known = kindIn(table, path);
  if (known !== undefined || isAmong(harmless, path)) return known;
  return /^[a-z][a-z\d+.-]*:\/\//i.test(value) ? 'registry' : 'other';
}

function fromLines(entries: readonly NpmrcEntry[]): readonly GuardingSetting[] {
  const settings: GuardingSetting[] = [];
  for (const { key, list, value, lineSpan, valueSpan } of entries) {
    const whole = expandedKey(key);
    const name = whole.slice(whole.startsWith('//') ? whole.lastIndexOf(':') + 1 : 0);
    const dashed = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const text = value.trim();
    const kind = isScopeRegistry(whole)
      ? 'registry'
      : isUnknownKey(name)
        ? 'code'
        : kindOf(NPMRC_SETTINGS, HARMLESS_NPMRC, dashed.split('.'), text);
    if (kind !== undefined)
      settings.push({ key, kind, value: text, isItem: list, span: lineSpan, valueSpan, valueText: text });
  }
  return settings;
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

function fromTree(
  members: readonly ConfigMember[],
  kindAt: (path: readonly string[], value: string) => SettingKind | undefined,
): readonly GuardingSetting[] {
  const settings: GuardingSetting[] = [];
  const add = (path: readonly string[], value: string, span: Span, node: ConfigNode, isItem: boolean) => {
    const kind = kindAt(path, value);
    if (kind === undefined) return;
    const item = pathOfItem(node);
    const token = { valueSpan: (item ?? node).span, valueText: item?.text ?? value };
    settings.push({ key: path.join('.'), kind, value, isItem, span, ...token });
  };
  const visit = (node: ConfigNode, path: readonly string[], span: Span) => {
    if (node.type === 'scalar') add(path, node.text, span, node, false);
    else if (node.type === 'list')
      for (const item of node.items) add(path, flatText(item), item.span, item, true);
    else
      for (const { key, keySpan, value } of membersOf(node))
        if (value !== undefined) visit(value, [...path, key], keySpan);
  };
  for (const { key, keySpan, value } of members) if (value !== undefined) visit(value, [key], keySpan);
  return settings;
}

/** A list's item in one line; that of a plugin begins with its file, which tells a reader most. */
function flatText(node: ConfigNode): string {
  if (node.type === 'scalar') return node.text;
  if (node.type === 'list') return node.items.map(flatText).join(', ');
  const path = pathOfItem(node);
  const others = membersOf(node)
    .filter(({ value }) => value === undefined || value !== path)
    .map(({ key, value }) => `${key} ${value === undefined ? '' : flatText(value)}`)
    .join(', ');
  if (path === undefined) return others;
  return others === '' ? path.text : `${path.text} (${others})`;
}

function pathOfItem(node: ConfigNode): ConfigScalar | undefined {
  const path = node.type === 'map' ? membersOf(node).find(({ key }) => key === 'path')?.value : undefined;
  return path?.type === 'scalar' ? path : undefined;
}

interface JsonKeys {
  /** Whether anything below the top-level key may count. */
  isWanted(key: string): boolean;
  kindAt(path: readonly string[], value: string): SettingKind | undefined;
}

const MANIFEST_KEYS: JsonKeys = {
  isWanted: (key) => isGuarding(MANIFEST_SETTINGS, key),
  kindAt: (path) => kindIn(MANIFEST_SETTINGS, path),
};

/** A key that is not known to be harmless counts: a later version may read it. */
const POLICY_KEYS: JsonKeys = {
  isWanted: (key) => !isAmong(HARMLESS_POLICY, [key]),
  kindAt: (path) => kindIn(POLICY_SETTINGS, path) ?? 'check',
};

function fromJson(text: string, keys: JsonKeys, trailingCommas: boolean): readonly GuardingSetting[] {
  const { root } = parseJsonTree(text, { trailingCommas });
  const settings: GuardingSetting[] = [];
  const add = (path: readonly string[], node: JsonNode, span: Span, isItem: boolean) => {
    const value = flatJson(node, text);
    const kind = keys.kindAt(path, value);
    if (kind !== undefined)
      settings.push({
        key: path.join('.'),
        kind,
        value,
        isItem,
        span,
        valueSpan: node.span,
        valueText: value,
      });
  };
  const visit = (node: JsonNode, path: readonly string[], span: Span) => {
    if (path.length > MOST_LEVELS) return;
    if (node.type === 'object')
      for (const { key, keySpan, value } of node.members) {
        if (value !== undefined && keys.isWanted(path.length === 0 ? key : path[0]!))
          visit(value, [...path, key], keySpan);
      }
    else if (node.type === 'array') for (const { value } of node.members) add(path, value, value.span, true);
    else add(path, node, span, false);
  };
  if (root !== undefined) visit(root, [], root.span);
  return settings;
}

const MOST_LEVELS = 5;

/** Whether a top-level key is the beginning of one in the table: dependencies are thousands of lines that are none. */
function isGuarding(table: SettingTable, key: string): boolean {
  return Object.values(table).some((patterns: readonly string[]) =>
    patterns.some((pattern) => pattern === key || pattern.startsWith(`${key}.`)),
  );
}

function flatJson(node: JsonNode, text: string): string {
  if (node.type === 'string') return node.value;
  return text.slice(node.span.start, node.span.end).replace(/\s+/g, ' ');
}
