import type { Span } from '../../text/span.ts';

/**
 * What a setting decides: which registry serves, whether what comes is checked, which scripts run, which programs run
 * beside them, and what is left out of a check.
 */
export type SettingKind = 'registry' | 'integrity' | 'scripts' | 'code' | 'check';

/** A setting that guards an install, with its value as it may be shown. */
export interface GuardingSetting {
  /** The keys from the outside in, with dots between: `npmScopes.acme.npmRegistryServer`. */
  readonly key: string;
  readonly kind: SettingKind;
  /** As written. It may be a secret: for comparison alone. */
  readonly value: string;
  /** Whether it is one of a list, which may hold others beside it. */
  readonly isItem: boolean;
  readonly span: Span;
}

/** Patterns of dotted keys: `*` stands for one key, `**` at the end for any number of them. */
export type SettingTable = Readonly<Record<SettingKind, readonly string[]>>;

/** The kind of a key in a table; undefined where the key guards nothing. */
export function kindIn(table: SettingTable, path: readonly string[]): SettingKind | undefined {
  for (const [kind, patterns] of Object.entries(table)) {
    if (patterns.some((pattern) => matches(pattern.split('.'), path))) return kind as SettingKind;
  }
  return undefined;
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  const isOpen = pattern.at(-1) === '**';
  const fixed = isOpen ? pattern.slice(0, -1) : pattern;
  if (isOpen ? path.length < fixed.length : path.length !== fixed.length) return false;
  return fixed.every((key, at) => key === '*' || key === path[at]);
}
