import type { SettingDefinition } from '../../../read/manager/model/setting-definition.ts';

const TYPES: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  number: 'number',
  string: 'text',
  path: 'path',
  url: 'URL',
  list: 'list',
  map: 'map',
  duration: 'time, such as 3d',
  date: 'date',
  semver: 'version',
  umask: 'file mode',
  any: 'map or value',
};

/** Whether a type is the name of one, not an allowed value. */
export function isTypeName(type: string | number | boolean): boolean {
  return typeof type === 'string' && Object.hasOwn(TYPES, type);
}

/** Describes what a setting may be: `true or false`, `all, none or root`. */
export function typeWords({ type }: SettingDefinition): string {
  const words = type.map((each) => (isTypeName(each) ? TYPES[String(each)]! : String(each)));
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** Describes the default; undefined if there is none. */
export function defaultWords({ default: value }: SettingDefinition): string | undefined {
  if (value === undefined) return undefined;
  const isEmpty = value === '' || (Array.isArray(value) && value.length === 0);
  return `default: ${isEmpty ? 'empty' : String(value)}`;
}
