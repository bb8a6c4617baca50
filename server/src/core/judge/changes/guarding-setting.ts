import type { SettingKind } from '../../read/project/setting-kind.ts';
import type { Span } from '../../read/text/span.ts';

/** A setting that guards an install, with its value as it may be shown. */
export interface GuardingSetting {
  /** The keys from the outside in, with dots between: `npmScopes.acme.npmRegistryServer`. */
  readonly key: string;
  /** The same apart, as a key may have a dot in it: what tells one setting from another. */
  readonly path: readonly string[];
  readonly kind: SettingKind;
  /** As written. It may be a secret: for comparison alone. */
  readonly value: string;
  /** Whether it is one of a list, which may hold others beside it. */
  readonly isItem: boolean;
  readonly span: Span;
  /** The token of the value; of a list's item with a path, that of the path. */
  readonly valueSpan: Span;
  /** What that token says. */
  readonly valueText: string;
}

/** The value of a list without items: it may forbid what no list at all would leave to the package manager. */
export const EMPTY_LIST = '[]';

/** A key that appears twice in one map. */
export interface RepeatedSetting extends Pick<GuardingSetting, 'key' | 'path'> {
  /** That of the first setting below it. */
  readonly kind: SettingKind;
  /** Of the last one. */
  readonly span: Span;
  /** Of the first one. */
  readonly firstSpan: Span;
  /** What all but the last one hold, which some readers take: for comparison alone. */
  readonly earlier: string;
}

/** Patterns of dotted keys: `*` stands for one key or the end of one, `**` at the end for any number of them. */
export type SettingTable = Readonly<Partial<Record<SettingKind, readonly string[]>>>;

/** The kind of a key in a table; undefined where the key guards nothing. */
export function kindIn(table: SettingTable, path: readonly string[]): SettingKind | undefined {
  for (const [kind, patterns] of Object.entries(table)) {
    if (isAmong(patterns, path)) return kind as SettingKind;
  }
  return undefined;
}

/** Whether a key is one of those that the patterns stand for. */
export function isAmong(patterns: readonly string[], path: readonly string[]): boolean {
  return patterns.some((pattern) => matches(pattern.split('.'), path));
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  const isOpen = pattern.at(-1) === '**';
  const fixed = isOpen ? pattern.slice(0, -1) : pattern;
  if (isOpen ? path.length < fixed.length : path.length !== fixed.length) return false;
  return fixed.every((key, at) =>
    key.endsWith('*') ? path[at]!.startsWith(key.slice(0, -1)) : key === path[at],
  );
}
