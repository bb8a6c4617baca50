import {
  type ConfigMember,
  type ConfigNode,
  type ConfigScalar,
  membersOf,
} from '../../read/config/tree/config-tree.ts';
import type { SettingKind } from '../../read/manager/model/setting-table.ts';
import type { JsonNode } from '../../read/text/json/json-node.ts';
import { parseJsonTree } from '../../read/text/json/json-tree.ts';
import type { Span } from '../../read/text/span.ts';
import { EMPTY_LIST, type GuardingSetting, type RepeatedSetting } from './guarding-setting.ts';

/** The settings of a file that guard an install. */
export interface SettingsRead {
  /** The last of duplicate keys in a map counts entirely, as with `JSON.parse` and Yarn's YAML parser. */
  readonly settings: readonly GuardingSetting[];
  /** Duplicate keys that contain such a setting: readers differ in which one they use. */
  readonly repeated: readonly RepeatedSetting[];
}

type KindAt = (path: readonly string[], value: string) => SettingKind | undefined;

/** An abstraction over both kinds of trees. */
interface Reader<Node> {
  /** Undefined for a scalar. */
  childrenOf(node: Node): Children<Node>;
  readonly flat: (node: Node) => string;
  /** Returns the most telling token of a value, with its text. */
  token(node: Node, value: string): { readonly valueSpan: Span; readonly valueText: string };
  spanOf(node: Node): Span;
  readonly kindAt: KindAt;
  readonly mostLevels: number;
}

type Children<Node> =
  | { readonly type: 'map'; readonly members: readonly Member<Node>[] }
  | { readonly type: 'list'; readonly items: readonly Node[] }
  | undefined;

interface Member<Node> {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Node | undefined;
}

/** Deeper paths are read as one value: each item of a list stores its path, which may be as long as the file. */
const LONGEST_PATH = 500;

function readSettings<Node>(members: readonly Member<Node>[], reader: Reader<Node>): SettingsRead {
  const repeated: RepeatedSetting[] = [];
  const { kindAt, flat, mostLevels } = reader;
  const visitMap = (
    map: readonly Member<Node>[],
    path: readonly string[],
    length: number,
    into: GuardingSetting[],
  ) => {
    const last = new Map(map.map(({ key }, at) => [key, at]));
    const earlier = new Map<string, { readonly settings: GuardingSetting[]; readonly firstSpan: Span }>();
    map.forEach(({ key, keySpan, value }, at) => {
      const isLast = last.get(key) === at;
      const before = earlier.get(key);
      const own: GuardingSetting[] = isLast ? into : (before?.settings ?? []);
      const from = own.length;
      const below = [...path, key];
      if (value !== undefined) visit(value, below, { span: keySpan, length: length + key.length, into: own });
      if (!isLast) earlier.set(key, before ?? { settings: own, firstSpan: keySpan });
      else if (before !== undefined) {
        const { settings: others, firstSpan } = before;
        const [first] = [...own.slice(from), ...others];
        if (first === undefined) return;
        const held = JSON.stringify(others.map((one) => [one.path, one.value]));
        const { kind } = first;
        repeated.push({ key: below.join('.'), path: below, kind, span: keySpan, firstSpan, earlier: held });
      }
    });
  };
  const visit = (
    node: Node,
    path: readonly string[],
    {
      span,
      length,
      into,
    }: { readonly span: Span; readonly length: number; readonly into: GuardingSetting[] },
  ) => {
    const key = path.join('.');
    const add = (one: Node, at: Span, isItem: boolean, value = flat(one)) => {
      const kind = kindAt(path, value);
      if (kind !== undefined)
        into.push({ key, path, kind, value, isItem, span: at, ...reader.token(one, value) });
    };
    const isDeep = path.length > mostLevels || length > LONGEST_PATH;
    const children = isDeep ? undefined : reader.childrenOf(node);
    if (children === undefined) add(node, span, false);
    else if (children.type === 'map') visitMap(children.members, path, length, into);
    else if (children.items.length === 0) add(node, span, false, EMPTY_LIST);
    else for (const item of children.items) add(item, reader.spanOf(item), true);
  };
  const settings: GuardingSetting[] = [];
  visitMap(members, [], 0, settings);
  return { settings, repeated };
}

export function settingsInTree(members: readonly ConfigMember[], kindAt: KindAt): SettingsRead {
  return readSettings<ConfigNode>(members, {
    childrenOf: (node) => (node.type === 'scalar' ? undefined : node),
    flat: flatText,
    token: (node, value) => {
      const item = pathOfItem(node);
      return { valueSpan: (item ?? node).span, valueText: item?.text ?? value };
    },
    spanOf: ({ span }) => span,
    kindAt,
    mostLevels: Number.POSITIVE_INFINITY,
  });
}

/** Formats a list item on one line. A plugin starts with its file, the most telling part. */
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

export interface JsonKeys {
  /** Checks whether anything below the top-level key may count. */
  isWanted(key: string): boolean;
  readonly kindAt: KindAt;
}

export function settingsInJson(text: string, keys: JsonKeys, trailingCommas: boolean): SettingsRead {
  const { root } = parseJsonTree(text, { trailingCommas });
  if (root?.type !== 'object') return NO_SETTINGS;
  return readSettings<JsonNode>(
    root.members.filter(({ key }) => keys.isWanted(key)),
    {
      childrenOf(node) {
        if (node.type === 'object') return { type: 'map', members: node.members };
        return node.type === 'array'
          ? { type: 'list', items: node.members.map(({ value }) => value) }
          : undefined;
      },
      flat: (node) => flatJson(node, text),
      token: ({ span }, value) => ({ valueSpan: span, valueText: value }),
      spanOf: ({ span }) => span,
      kindAt: keys.kindAt,
      mostLevels: MOST_LEVELS,
    },
  );
}

export const NO_SETTINGS: SettingsRead = { settings: [], repeated: [] };
const MOST_LEVELS = 5;

function flatJson(node: JsonNode, text: string): string {
  if (node.type === 'string') return node.value;
  return text.slice(node.span.start, node.span.end).replace(/\s+/g, ' ');
}
