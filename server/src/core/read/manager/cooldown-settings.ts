import type { Setting } from '../config/npm/npm-config.ts';
import { type ConfigMember, type ConfigNode, textsIn } from '../config/tree/config-tree.ts';
import { compileGlob } from '../text/paths/glob.ts';
import type { Uri } from '../text/paths/uri.ts';
import type {
  ConfiguredCooldown,
  CooldownExemption,
  CooldownSetting,
  CooldownSupport,
} from './model/cooldown.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Longer values are mistakes. */
const LONGEST = 100 * 365 * DAY;

/** Returns a length of time in milliseconds, if it is plausible. */
export function sensibleAge(length: number): number | undefined {
  return length >= 0 && length <= LONGEST ? length : undefined;
}

/** Returns a parser of plain numbers in a unit; anything else is invalid. */
export function ageIn(unit: number): CooldownSupport['readAge'] {
  return (text) => sensibleAge(Number(text.trim()) * unit);
}

/** Returns a function that formats a length as a plain number in a unit. */
export function numberIn(unit: number): CooldownSupport['writeAge'] {
  return (age) => (Number.isInteger((age / unit) * 1000) ? String(age / unit) : undefined);
}

/** Returns the cooldown that a setting in .npmrc files configures. */
export function cooldownOfSetting(
  key: string,
  setting: Setting | undefined,
  readAge: CooldownSupport['readAge'],
): ConfiguredCooldown | undefined {
  const wait = setting === undefined ? undefined : readAge(setting.value);
  return wait === undefined ? undefined : { wait, before: undefined, source: sourceOfSetting(key, setting!) };
}

/** Returns the source of a setting in .npmrc files. */
export function sourceOfSetting(key: string, { source }: Setting): CooldownSetting {
  switch (source.type) {
    case 'file':
    case 'config':
      return { type: 'configuration', key, uri: source.uri, span: source.span };
    case 'environment':
      return { type: 'environment', variable: source.variable };
    case 'default':
      return { type: 'default' };
  }
}

/** Returns the cooldown that a line of a YAML or TOML file configures. */
export function cooldownOfMember(
  uri: Uri,
  key: string,
  member: ConfigMember | undefined,
  readAge: CooldownSupport['readAge'],
): ConfiguredCooldown | undefined {
  const text = textOf(member?.value);
  const wait = text === undefined ? undefined : readAge(text);
  if (member?.value === undefined || wait === undefined) return undefined;
  const span = { start: member.keySpan.start, end: member.value.span.end };
  return { wait, before: undefined, source: { type: 'configuration', key, uri, span } };
}

function textOf(node: ConfigNode | undefined): string | undefined {
  if (node?.type !== 'scalar') return undefined;
  return typeof node.value === 'number' ? String(node.value) : node.text;
}

export type Covers = CooldownExemption['covers'];

/** Returns the exemptions of a list in a YAML or TOML file. */
export function listedExemptions(
  uri: Uri,
  node: ConfigNode | undefined,
  read: (text: string) => Covers,
): readonly CooldownExemption[] {
  return textsIn(node).map(({ value, span }) => ({ text: value, place: { uri, span }, covers: read(value) }));
}

/** Returns a function that matches names by a glob. */
export function byGlob(text: string): Covers {
  const glob = compileGlob(text, { dot: true });
  return (name) => glob?.matches(name) === true;
}

/** Splits an entry at the first @ after the scope, into the name and the version. */
export function splitAtVersion(text: string): readonly [string, string | undefined] {
  const at = text.indexOf('@', 1);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
