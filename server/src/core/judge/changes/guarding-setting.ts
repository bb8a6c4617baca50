import type { SettingKind, SettingTable } from '../../read/manager/model/setting-table.ts';
import type { Span } from '../../read/text/span.ts';

/** A setting that guards an install, with its value in displayable form. */
export interface GuardingSetting {
  /** The keys from the outermost in, joined by dots: `npmScopes.acme.npmRegistryServer`. */
  readonly key: string;
  /** The same keys unjoined, as keys may contain dots; identifies the setting. */
  readonly path: readonly string[];
  readonly kind: SettingKind;
  /** The value as written. May be a secret, so use it for comparison only. */
  readonly value: string;
  /** Whether it is an item of a list that may contain others. */
  readonly isItem: boolean;
  readonly span: Span;
  /** The token of the value; for a list item with a path, the token of the path. */
  readonly valueSpan: Span;
  /** The text of that token. */
  readonly valueText: string;
}

/** The value of a list without items: it may forbid what no list at all would leave to the package manager. */
export const EMPTY_LIST = '[]';

/** A key that appears twice in one map. */
export interface RepeatedSetting extends Pick<GuardingSetting, 'key' | 'path'> {
  /** The kind of the first setting below it. */
  readonly kind: SettingKind;
  /** The span of its last occurrence. */
  readonly span: Span;
  /** Of the first one. */
  readonly firstSpan: Span;
  /** What all but the last one hold, which some readers take: for comparison alone. */
  readonly earlier: string;
}

/** Returns the kind of a key in a table; undefined if the key guards nothing. */
export function kindIn(table: SettingTable, path: readonly string[]): SettingKind | undefined {
  for (const [kind, patterns] of Object.entries(table)) {
    if (isAmong(patterns, path)) return kind as SettingKind;
  }
  return undefined;
}

/** Checks whether a key matches any of the patterns. */
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
