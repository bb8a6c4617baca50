import type { Span } from '../text/span.ts';
import type { Bunfig } from './bun/bunfig.ts';
import type { Npmrc } from './npm/npmrc.ts';
import type { PnpmWorkspace } from './pnpm/pnpm-workspace.ts';
import type { ConfigMember } from './tree/config-tree.ts';
import type { Yarnrc } from './yarn/yarnrc.ts';

/** A file with settings of a package manager. */
export type SettingsFile = Npmrc | PnpmWorkspace | Yarnrc | Bunfig;

const KINDS: ReadonlySet<string> = new Set(['npmrc', 'pnpmWorkspace', 'yarnrc', 'bunfig']);

/** Whether a checked file has settings of a package manager. */
export function isSettingsFile(file: { readonly kind: string }): file is SettingsFile {
  return KINDS.has(file.kind);
}

/** A setting with one value. */
export interface SettingLine {
  /** Without quotes, `${VAR}` not expanded. */
  readonly key: string;
  readonly keySpan: Span;
  /** As the package manager sees it. */
  readonly value: string;
  /** Whether the file has the value as a string: `"3"` in YAML and TOML. */
  readonly isText: boolean;
  readonly valueSpan: Span;
  /** From the key to the value. */
  readonly span: Span;
}

/** Returns the settings with one value: lines of .npmrc, keys at the top of YAML files, and keys of `[install]`. */
export function settingLines(file: SettingsFile): readonly SettingLine[] {
  switch (file.kind) {
    case 'npmrc':
      return file.entries
        .filter(({ list }) => !list)
        .map(({ key, keySpan, value, valueSpan }) => ({
          ...{ key, keySpan, value: value.trim(), valueSpan, isText: false },
          span: { start: keySpan.start, end: valueSpan.end },
        }));
    case 'bunfig':
      return file.install.flatMap(lineOf);
    default:
      return file.settings.flatMap(lineOf);
  }
}

function lineOf({ key, keySpan, value }: ConfigMember): readonly SettingLine[] {
  if (value?.type !== 'scalar') return [];
  const span = { start: keySpan.start, end: value.span.end };
  const isText = typeof value.value === 'string';
  const text = typeof value.value === 'number' ? String(value.value) : value.text;
  return [{ key, keySpan, value: text, isText, valueSpan: value.span, span }];
}

/** Formats a setting as the kind of file has it. */
export function shownSetting(kind: SettingsFile['kind'], key: string, value: string): string {
  return `${key}${SIGNS[kind]}${value}`;
}

const SIGNS = { npmrc: '=', bunfig: ' = ', pnpmWorkspace: ': ', yarnrc: ': ' } as const;
