import { camelCaseKey } from '../config/setting-name.ts';
import type { ManagerSpec } from './manager-spec.ts';
import type { SettingKind } from './model/setting-table.ts';

export const PROTECTING: readonly SettingKind[] = ['registry', 'integrity', 'scripts', 'check'];

/** Whether a setting decides what an install verifies and runs, so that its loss weakens protection. */
export function isGuardingKey({ settings: { keys } }: ManagerSpec, key: string): boolean {
  if (/proxy$/i.test(key)) return false;
  const [name = key] = keys.spelled([key]);
  // Bun has its settings of installs in a table.
  const names = [name, `install.${name}`, `${name}.*`];
  return PROTECTING.some((kind) => keys.guarding[kind]?.some((pattern) => names.includes(pattern)));
}

/** Settings that turn something on that protection needs off. */
const PROTECTS_IF_OFF: ReadonlySet<string> = new Set(['enableScripts']);

/** Whether a value of a setting lowers protection, so that nothing is lost where the setting is not read. */
export function isWeakeningValue(spec: ManagerSpec, key: string, value: string): boolean {
  const name = camelCaseKey(key);
  if (/^dangerously/.test(name)) return value !== 'false';
  if (PROTECTS_IF_OFF.has(name)) return value === 'true';
  if (value === 'false' && isGuardingKey(spec, key)) return true;
  return Object.entries(spec.settings.weakening).some(
    ([other, [values]]) => camelCaseKey(other) === name && values.test(value),
  );
}
