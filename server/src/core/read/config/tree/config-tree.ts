import type { ParseProblem } from '../../text/problem.ts';
import type { Located, Span } from '../../text/span.ts';

export interface ConfigScalar {
  readonly type: 'scalar';
  /** The token, quotes included. */
  readonly span: Span;
  readonly value: string | number | boolean | null;
  /** What the package manager sees as text: the string, or the token of what is none (`18`, `true`). */
  readonly text: string;
}

export interface ConfigMap {
  readonly type: 'map';
  readonly span: Span;
  /** In the order of the text, keys that stand twice included. */
  readonly members: readonly ConfigMember[];
}

export interface ConfigList {
  readonly type: 'list';
  readonly span: Span;
  readonly items: readonly ConfigNode[];
}

export type ConfigNode = ConfigScalar | ConfigMap | ConfigList;

export interface ConfigMember {
  readonly key: string;
  /** The key's token, quotes included. */
  readonly keySpan: Span;
  /** Undefined where it is missing, as while it is being typed. */
  readonly value: ConfigNode | undefined;
}

/** A YAML or TOML file as far as it could be read: one shape, so that both have the same readers. */
export interface ConfigTree {
  /** Undefined for an empty file and for one that holds no map. */
  readonly root: ConfigMap | undefined;
  readonly problems: readonly ParseProblem[];
}

/** The longest text that is read. Nobody's settings come near it. */
export const MAX_CONFIG_LENGTH = 500_000;
/** Deeper values are left out. Settings have four levels. */
export const MAX_CONFIG_DEPTH = 40;

/** The member that counts of those with this key: the last. */
export function memberOf(node: ConfigNode | undefined, key: string): ConfigMember | undefined {
  return node?.type === 'map' ? node.members.findLast((member) => member.key === key) : undefined;
}

/** The members that count: of a key that appears twice, the last. */
export function membersOf(node: ConfigNode | undefined): readonly ConfigMember[] {
  if (node?.type !== 'map') return [];
  const last = new Map(node.members.map((member) => [member.key, member]));
  return last.size === node.members.length ? node.members : [...last.values()];
}

export function itemsOf(node: ConfigNode | undefined): readonly ConfigNode[] {
  return node?.type === 'list' ? node.items : [];
}

/** A value that is text; numbers and the like are none. */
export function textOf(node: ConfigNode | undefined): Located<string> | undefined {
  return node?.type === 'scalar' && typeof node.value === 'string'
    ? { value: node.value, span: node.span }
    : undefined;
}

export function booleanOf(node: ConfigNode | undefined): Located<boolean> | undefined {
  return node?.type === 'scalar' && typeof node.value === 'boolean'
    ? { value: node.value, span: node.span }
    : undefined;
}

/** The texts in a list. */
export function textsIn(node: ConfigNode | undefined): readonly Located<string>[] {
  return itemsOf(node)
    .map(textOf)
    .filter((item) => item !== undefined);
}

/** One line of a map whose values are plain: its key, and its value where there is one that is no list or map. */
export interface ConfigEntry {
  readonly key: Located<string>;
  readonly value: ConfigScalar | undefined;
}

/** The lines of a map of plain values. */
export function entriesIn(node: ConfigNode | undefined): readonly ConfigEntry[] {
  return membersOf(node).map(({ key, keySpan, value }) => ({
    key: { value: key, span: keySpan },
    value: value?.type === 'scalar' ? value : undefined,
  }));
}
