import type { ParseProblem } from '../../text/problem.ts';
import type { Located, Span } from '../../text/span.ts';

export interface ConfigScalar {
  readonly type: 'scalar';
  /** Includes quotes. */
  readonly span: Span;
  readonly value: string | number | boolean | null;
  /** The text as the package manager sees it: the string, or the token of a non-string (`18`, `true`). */
  readonly text: string;
}

export interface ConfigMap {
  readonly type: 'map';
  readonly span: Span;
  /** In source order, including duplicate keys. */
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
  /** The span of the key, including quotes. */
  readonly keySpan: Span;
  /** Undefined if missing, for example while it is being typed. */
  readonly value: ConfigNode | undefined;
}

/** A YAML or TOML file as far as it could be read: one shape, so that both share the same readers. */
export interface ConfigTree {
  /** Undefined for a file that is empty or holds no map. */
  readonly root: ConfigMap | undefined;
  readonly problems: readonly ParseProblem[];
}

/** The longest text that is read. No real configuration comes near it. */
export const MAX_CONFIG_LENGTH = 500_000;
/** Deeper values are skipped. Settings have four levels. */
export const MAX_CONFIG_DEPTH = 40;

/** Returns the effective member with this key: the last one. */
export function memberOf(node: ConfigNode | undefined, key: string): ConfigMember | undefined {
  return node?.type === 'map' ? node.members.findLast((member) => member.key === key) : undefined;
}

/** Returns the effective members: for a duplicate key, the last one. */
export function membersOf(node: ConfigNode | undefined): readonly ConfigMember[] {
  if (node?.type !== 'map') return [];
  const last = new Map(node.members.map((member) => [member.key, member]));
  return last.size === node.members.length ? node.members : [...last.values()];
}

export function itemsOf(node: ConfigNode | undefined): readonly ConfigNode[] {
  return node?.type === 'list' ? node.items : [];
}

/** Returns a value that is a string, not a number or the like. */
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

/** Returns the strings in a list. */
export function textsIn(node: ConfigNode | undefined): readonly Located<string>[] {
  return itemsOf(node)
    .map(textOf)
    .filter((item) => item !== undefined);
}

/** One line of a map of scalars: its key, and its value unless that is a list or map. */
export interface ConfigEntry {
  readonly key: Located<string>;
  readonly value: ConfigScalar | undefined;
}

/** Returns the lines of a map of scalars. */
export function entriesIn(node: ConfigNode | undefined): readonly ConfigEntry[] {
  return membersOf(node).map(({ key, keySpan, value }) => ({
    key: { value: key, span: keySpan },
    value: value?.type === 'scalar' ? value : undefined,
  }));
}
