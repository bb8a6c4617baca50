import { type SettingLine, type SettingsFile, settingLines } from '../config/setting-lines.ts';
import { camelCaseKey } from '../config/setting-name.ts';
import type { Uri } from '../text/paths/uri.ts';
import type { Span } from '../text/span.ts';
import { nearestWord } from '../text/words/nearest-word.ts';
import { DAY, MINUTE, SECOND } from './cooldown-settings.ts';
import type { ManagerSpec } from './manager-spec.ts';
import { cooldownKeyIn, MANAGERS, readerOf } from './managers.ts';
import { isUnlikelyAge, meantAge } from './meant-age.ts';
import type { AgeUnit, CooldownHome } from './model/cooldown.ts';
import type { ManagerSettings } from './model/manager-settings.ts';
import type { PackageManager } from './package-manager.ts';
import { isFrom } from './version.ts';

export interface CooldownProject extends ManagerSettings {
  readonly manager: PackageManager;
}

/** A setting as it should be. */
export interface CorrectSetting {
  readonly home: CooldownHome;
  readonly value: string;
  /** In milliseconds. */
  readonly age: number;
}

/**
 * What is wrong with a line about the cooldown. unreadable: the package manager rejects the value; unlikely: the value is
 * in another unit; foreign: another package manager's key; misspelled: almost a key; elsewhere: the right key in a file in
 * which it is not read; too-old: the version does not know the key; exempts-all: an item of the exemptions; too-small: a
 * setting that has to be above the cooldown.
 */
export type CooldownFault = {
  readonly span: Span;
  /** The line of the setting, undefined for an item of the exemptions. */
  readonly line: SettingLine | undefined;
  readonly reader: ManagerSpec;
  readonly correct: CorrectSetting | undefined;
} & (
  | { readonly type: 'unreadable' | 'foreign' | 'misspelled' | 'elsewhere' }
  | { readonly type: 'unlikely'; readonly age: number }
  | { readonly type: 'too-old'; readonly version: string }
  | { readonly type: 'exempts-all'; readonly item: string }
  | { readonly type: 'too-small'; readonly policy: string; readonly cooldown: number }
);

const UNITS: Readonly<Record<AgeUnit, number>> = { day: DAY, minute: MINUTE, second: SECOND };

/** Returns the faults of the cooldown in one settings file, at most one for each line. */
export function cooldownFaults(file: SettingsFile, project: CooldownProject): readonly CooldownFault[] {
  const reader = readerOf(file, project.manager);
  if (reader.cooldown.home === undefined) return [];
  const lines = settingLines(file);
  const own = ownLine(file, lines, reader, project.manager);
  const fault =
    own === undefined ? strayFault(file, lines, reader, project) : ownFault(own, reader, project.manager);
  if (fault !== undefined) return [fault];
  return [...exemptingAll(file, reader, project), ...tooSmall(lines, own, reader)];
}

function ownLine(
  file: SettingsFile,
  lines: readonly SettingLine[],
  reader: ManagerSpec,
  manager: PackageManager,
): SettingLine | undefined {
  const version = versionOf(reader, manager);
  const key = cooldownKeyIn(file, reader, version);
  const isKebab = file.kind !== 'npmrc' && reader.settings.readsKebabCase(version);
  const isKey = (other: string) => other === key || (isKebab && camelCaseKey(other) === key);
  return lines.findLast((line) => isKey(line.key));
}

function versionOf(reader: ManagerSpec, { name, version }: PackageManager): string | undefined {
  return reader.name === name ? version : undefined;
}

function ownFault(
  line: SettingLine,
  reader: ManagerSpec,
  manager: PackageManager,
): CooldownFault | undefined {
  const { cooldown } = reader;
  const { value, span, isText } = line;
  if (!isMeantAsAge(value)) return undefined;
  const base = { span, line, reader, correct: correctOf(value, cooldown.unit, reader) };
  const version = versionOf(reader, manager);
  if (version !== undefined && !isFrom(version, cooldown.since)) return { ...base, type: 'too-old', version };
  const isPlain = Number.isFinite(Number(value));
  if (isPlain ? isText && reader.cooldown.home?.kind === 'bunfig' : cooldown.readAge(value) === undefined)
    return { ...base, type: 'unreadable' };
  if (!isPlain || isUnlikelyAge(Number(value), cooldown.unit) === undefined) return undefined;
  return { ...base, type: 'unlikely', age: Number(value) * UNITS[cooldown.unit] };
}

/** Finds a line that should set the cooldown, where nothing else sets it. */
function strayFault(
  file: SettingsFile,
  lines: readonly SettingLine[],
  reader: ManagerSpec,
  project: CooldownProject,
): CooldownFault | undefined {
  const { manager } = project;
  // Without any sign of a package manager, a key may be for the one that a contributor uses.
  const isSure = file.kind !== 'npmrc' || (manager.because !== 'default' && reader.isCertain);
  if (!isSure || reader.cooldown.configured(project) !== undefined) return undefined;
  if (file.kind !== 'npmrc' && reader.name !== manager.name) return undefined;
  const here = cooldownKeyIn(file, reader, manager.version);
  for (const line of lines.toReversed()) {
    const owner = ownerOf(line.key, reader);
    // Where it is not read, a 0 turns nothing off.
    if (owner === undefined || !isMeantAsAge(line.value) || Number(line.value) === 0) continue;
    const correct = correctOf(line.value, owner.spec.cooldown.unit, reader);
    const base = { span: line.span, line, reader, correct };
    if (here === undefined) return { ...base, type: 'elsewhere' };
    return { ...base, type: owner.isForeign ? 'foreign' : 'misspelled' };
  }
  return undefined;
}

interface KeyOwner {
  readonly spec: ManagerSpec;
  /** Whether it is the key of another package manager, not a misspelled one. */
  readonly isForeign: boolean;
}

/** Returns the package manager whose key is the nearest; the reader itself if it is as near as another. */
function ownerOf(key: string, reader: ManagerSpec): KeyOwner | undefined {
  const name = letters(key);
  const specs = [reader, ...MANAGERS.filter((spec) => spec.name !== reader.name)];
  const named = (text: string | undefined) =>
    specs.find(({ cooldown }) => letters(cooldown.home!.key) === text);
  const exact = named(name);
  if (exact !== undefined) return { spec: exact, isForeign: exact !== reader };
  const spec = named(nearestWord(name, new Set(specs.map(({ cooldown }) => letters(cooldown.home!.key)))));
  return spec === undefined ? undefined : { spec, isForeign: false };
}

/** Whether a key is, in any spelling, or almost is that of a cooldown. */
export function isCooldownKey(key: string): boolean {
  return ownerOf(key, MANAGERS[0]!) !== undefined;
}

function letters(key: string): string {
  return key.replace(/[^a-z]/gi, '').toLowerCase();
}

function isMeantAsAge(value: string): boolean {
  return /^\.?\d/.test(value);
}

/** Returns the setting as its reader needs it, for a value in the unit of a key. */
function correctOf(value: string, unit: AgeUnit, { cooldown }: ManagerSpec): CorrectSetting | undefined {
  const age = meantAge(value, unit);
  const written = age === undefined ? undefined : cooldown.writeAge(age);
  return written === undefined ? undefined : { home: cooldown.home!, value: written, age: age! };
}

/** No package has this name, so whatever covers it covers all, or all without a scope. */
const ANY = 'qx-no-such-package-zj';

function exemptingAll(
  file: SettingsFile,
  reader: ManagerSpec,
  project: CooldownProject,
): readonly CooldownFault[] {
  const { configured, exemptions, defaultAge } = reader.cooldown;
  if (reader.name !== project.manager.name) return [];
  const found = configured(project);
  const wait = found?.wait ?? defaultAge(project.manager.version) ?? 0;
  if (wait === 0 && found?.before === undefined) return [];
  return exemptions(project)
    .filter(({ place, covers }) => isHere(file.uri, place) && covers(ANY, '1.0.0'))
    .map(({ text, place }) => ({
      ...{ type: 'exempts-all', item: text, span: place!.span, line: undefined, reader, correct: undefined },
    }));
}

function isHere(uri: Uri, place: { readonly uri: Uri } | undefined): boolean {
  return place?.uri === uri;
}

function tooSmall(
  lines: readonly SettingLine[],
  own: SettingLine | undefined,
  reader: ManagerSpec,
): readonly CooldownFault[] {
  const { above, readAge } = reader.cooldown;
  const named = (key: string) => lines.findLast((line) => camelCaseKey(line.key) === key);
  const line = above === undefined ? undefined : named(above.key);
  if (own === undefined || line === undefined || named(above!.policy)?.value !== above!.value) return [];
  const [age, cooldown] = [readAge(line.value), readAge(own.value)];
  if (age === undefined || cooldown === undefined || age === 0 || age > cooldown) return [];
  const { policy } = above!;
  return [{ type: 'too-small', policy, cooldown, span: line.span, line, reader, correct: undefined }];
}
