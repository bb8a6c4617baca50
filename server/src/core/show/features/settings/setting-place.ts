import type { SettingsFile } from '../../../read/config/setting-lines.ts';
import { specOfYarnrc } from '../../../read/manager/managers.ts';
import { lineEnd } from '../../../read/text/lines/line-end.ts';
import type { ValuePlace } from '../completion/place.ts';

/** Where the key or the value of a setting is being typed; `name` is the key as far as it is there. */
export interface SettingPlace extends ValuePlace {
  readonly isKey: boolean;
  /** Keys on other lines. */
  readonly taken: ReadonlySet<string>;
}

/** No line of settings is longer. */
const LONGEST_LINE = 1000;

const SYNTAX = {
  npmrc: { sign: '=', line: /^(\s*)([\w.:/@-]*)(\[\])?([ \t]*=[ \t]*)?([^\s;#]*)$/ },
  pnpmWorkspace: { sign: ': ', line: /^()([\w-]*)()(:[ \t]*)?([^\s#]*)$/ },
  yarnrc: { sign: ': ', line: /^()([\w-]*)()(:[ \t]*)?([^\s#]*)$/ },
  bunfig: { sign: ' = ', line: /^(\s*)([\w-]*)()([ \t]*=[ \t]*)?([^\s#]*)$/ },
} as const;

/**
 * Returns the place of a setting at the top of a file, or in `[install]` of bunfig.toml; undefined elsewhere. Works on
 * lines, because a line being typed is often invalid.
 */
export function settingPlace(file: SettingsFile, offset: number): SettingPlace | undefined {
  // Yarn 1 has a grammar of its own.
  if (file.kind === 'yarnrc' && specOfYarnrc(file).cooldown.home === undefined) return undefined;
  const { text } = file;
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = lineEnd(text, offset);
  if (end - start > LONGEST_LINE) return undefined;
  if (file.kind === 'bunfig' && !isInInstall(text.slice(0, start))) return undefined;
  const { sign, line } = SYNTAX[file.kind];
  const parts = line.exec(text.slice(start, end));
  if (parts === null) return undefined;
  const [, indent = '', key = '', list = '', equals = '', value = ''] = parts;
  const keyStart = start + indent.length;
  const keyEnd = keyStart + key.length;
  const valueStart = keyEnd + list.length + equals.length;
  const taken = takenIn(file, keyStart);
  const common = { type: 'value', name: key, taken, isCatalog: false } as const;
  if (offset >= keyStart && offset <= keyEnd) {
    const after = list === '' && equals === '' ? sign : '';
    return {
      ...{ ...common, isKey: true, token: { start: keyStart, end: keyEnd } },
      typed: text.slice(keyStart, offset),
      write: (name) => name + after,
    };
  }
  if (equals === '' || offset < valueStart || offset > valueStart + value.length) return undefined;
  const quote = /^["']/.exec(value)?.[0] ?? '';
  const gap = file.kind === 'npmrc' || /\s$/.test(equals) ? '' : ' ';
  return {
    ...{ ...common, isKey: false, token: { start: valueStart, end: valueStart + value.length } },
    typed: text.slice(valueStart + quote.length, Math.max(offset, valueStart + quote.length)),
    write: (choice) => gap + written(file, choice),
  };
}

/** Checks whether the last table header is `[install]`. */
function isInInstall(before: string): boolean {
  const headers = [...before.matchAll(/^[ \t]*\[+([^\]\n]+)\]+/gm)];
  return headers.at(-1)?.[1]?.trim() === 'install';
}

function takenIn(file: SettingsFile, except: number): ReadonlySet<string> {
  const keys = file.kind === 'npmrc' ? file.entries : file.kind === 'bunfig' ? file.install : file.settings;
  return new Set(keys.filter(({ keySpan }) => keySpan.start !== except).map(({ key }) => key));
}

/** TOML has words only as strings. */
function written({ kind }: SettingsFile, value: string): string {
  return kind === 'bunfig' && !/^(?:true|false|\d+)$/.test(value) ? JSON.stringify(value) : value;
}
