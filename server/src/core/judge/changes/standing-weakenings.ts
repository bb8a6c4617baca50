import type { SettingsFile } from '../../read/config/setting-lines.ts';
import { camelCaseKey } from '../../read/config/setting-name.ts';
import type { ConfigNode } from '../../read/config/tree/config-tree.ts';
import { MANAGERS, readerOf } from '../../read/manager/managers.ts';
import type { PackageManager } from '../../read/manager/package-manager.ts';
import { mayBeFrom } from '../../read/manager/version.ts';
import type { ConfigurationChange } from '../../read/project/since-base.ts';
import type { Severity } from '../../read/text/finding.ts';
import type { Span } from '../../read/text/span.ts';

/** A setting that weakens the verification of an install, whatever the base has. */
export interface StandingWeakening {
  readonly span: Span;
  /** As the file has it. */
  readonly key: string;
  readonly setting: string;
  /** Its effect, as the end of a sentence. */
  readonly effect: string;
  readonly severity: Severity | undefined;
}

interface Value {
  readonly key: string;
  readonly text: string;
  readonly span: Span;
}

/**
 * Returns the settings in one file that weaken verification. Yarn 1 also accepts a setting for a single command:
 * `--install.skip-integrity-check`. pnpm up to 10 accepts keys in kebab case.
 */
export function standingWeakenings(
  file: SettingsFile,
  manager: PackageManager,
): readonly StandingWeakening[] {
  const reader = readerOf(file, manager);
  const version = reader.name === manager.name ? manager.version : undefined;
  const { weakening, readsNpmrcKey, areInNpmrc, readsKebabCase } = reader.settings;
  const isRead = ({ key }: Value) =>
    file.kind === 'npmrc'
      ? readsNpmrcKey(key, version) === true
      : !areInNpmrc || key === camelCaseKey(key) || readsKebabCase(version);
  const values = valuesIn(file);
  return Object.entries(weakening).flatMap(([name, [pattern, effect, severity, since]]) => {
    if (since !== undefined && !mayBeFrom(version, since)) return [];
    const found = values.filter((value) => isNamed(value.key, name) && isRead(value));
    const weak = found.filter(({ text }) => pattern.test(text));
    return weak.map(({ key, text, span }) => {
      const setting = file.kind === 'npmrc' ? `${key}=${text}` : `${key}: ${text}`;
      return { span, key, setting, effect, severity };
    });
  });
}

/** Whether a change leaves a setting that is reported as a warning anyway. */
export function isReportedAnyway({ key, after }: ConfigurationChange): boolean {
  return MANAGERS.some(({ settings }) =>
    Object.entries(settings.weakening).some(
      ([name, [pattern, , severity]]) =>
        severity === undefined && after !== undefined && isNamed(key, name) && pattern.test(after),
    ),
  );
}

function isNamed(key: string, name: string): boolean {
  return key.replace(/^--(?:[\w-]+\.)?/, '') === name || camelCaseKey(key) === camelCaseKey(name);
}

/** Returns the effective values: of a key that appears twice the last, and of a list each item. */
function valuesIn(file: SettingsFile): readonly Value[] {
  if (file.kind === 'npmrc') {
    const single = new Map(file.entries.filter(({ list }) => !list).map((entry) => [entry.key, entry]));
    const listed = file.entries.filter(({ list }) => list);
    return [...single.values(), ...listed].map(({ key, value, keySpan, valueSpan }) => ({
      ...{ key, text: value.trim(), span: { start: keySpan.start, end: valueSpan.end } },
    }));
  }
  const members = new Map(
    (file.kind === 'bunfig' ? file.install : file.settings).map((member) => [member.key, member]),
  );
  return [...members.values()].flatMap(({ key, keySpan, value }) => {
    if (value?.type === 'list') return value.items.flatMap((item) => scalarOf(key, item, item.span));
    return value === undefined ? [] : scalarOf(key, value, { start: keySpan.start, end: value.span.end });
  });
}

function scalarOf(key: string, node: ConfigNode, span: Span): readonly Value[] {
  return node.type === 'scalar' ? [{ key, text: node.text, span }] : [];
}
