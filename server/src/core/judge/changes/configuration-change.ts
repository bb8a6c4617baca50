import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { ConfigurationChange } from '../../read/project/since-base.ts';
import { redactUserinfo } from '../../read/text/paths/web-url.ts';
import { maskSecrets } from '../../read/text/secrets/mask-secrets.ts';
import { EMPTY_LIST, type GuardingSetting } from './guarding-setting.ts';
import { guardingSettings, repeatedSettings } from './guarding-settings.ts';
import { installScripts } from './install-scripts.ts';

/**
 * Compares two states of a file (undefined if absent): scalar settings individually, lists by item. Sorted by text
 * order, removed settings last.
 *
 * @param elsewhere scripts of a manifest that other manifests' install scripts run
 */
export function configurationChanges(
  before: CheckedFile | undefined,
  after: CheckedFile | undefined,
  elsewhere: ReadonlySet<string> = NONE,
): readonly ConfigurationChange[] {
  const run = new Set([...scriptsOf(after), ...elsewhere]);
  const ran = new Set([...scriptsOf(before), ...elsewhere]);
  // A script that only one of the two states runs is still compared with its other text.
  const earlier = byIdentity(before, run);
  const later = byIdentity(after, ran);
  const changes: ConfigurationChange[] = [];
  const [hadItems, hasItems] = [listsIn(earlier), listsIn(later)];
  for (const [identity, setting] of later) {
    const old = earlier.get(identity);
    if (old?.value === setting.value || isEmptied(setting, hadItems)) continue;
    const { key, kind, span } = setting;
    if (key.startsWith(SCRIPTS) && !run.has(key.slice(SCRIPTS.length))) continue;
    changes.push({ key, kind, before: shown(old), after: shown(setting), span });
  }
  changes.push(...repeatedSince(before, after));
  for (const [identity, setting] of earlier) {
    if (later.has(identity) || isEmptied(setting, hasItems)) continue;
    const { key, kind } = setting;
    changes.push({ key, kind, before: shown(setting), after: undefined, span: undefined });
  }
  return changes;
}

function listsIn(settings: ReadonlyMap<string, GuardingSetting>): ReadonlySet<string> {
  const lists = [...settings.values()].filter(({ isItem }) => isItem);
  return new Set(lists.map(({ path }) => JSON.stringify(path)));
}

/** Whether it is a list without items that has some on the other side, which are reported. */
function isEmptied({ value, isItem, path }: GuardingSetting, others: ReadonlySet<string>): boolean {
  return value === EMPTY_LIST && !isItem && others.has(JSON.stringify(path));
}

const SCRIPTS = 'scripts.';
const NONE: ReadonlySet<string> = new Set();

function scriptsOf(file: CheckedFile | undefined): ReadonlySet<string> {
  return file?.kind === 'manifest' ? installScripts(file) : NONE;
}

/** Indexes settings by identity; the last of duplicate keys counts. */
function byIdentity(
  file: CheckedFile | undefined,
  also: ReadonlySet<string>,
): ReadonlyMap<string, GuardingSetting> {
  const settings = file === undefined ? [] : guardingSettings(file, also);
  return new Map(settings.map((setting) => [identityOf(setting), setting]));
}

function identityOf({ path, isItem, value }: GuardingSetting): string {
  return JSON.stringify(isItem ? [path, value] : path);
}

/**
 * Keys that appear twice now, or did already while one that is not the last held something else: which one counts is for
 * each reader to say, so that either may hide a change.
 */
function* repeatedSince(
  before: CheckedFile | undefined,
  after: CheckedFile | undefined,
): Generator<ConfigurationChange> {
  if (after === undefined) return;
  const known = new Map(
    (before === undefined ? [] : repeatedSettings(before)).map(({ path, earlier }) => [
      JSON.stringify(path),
      earlier,
    ]),
  );
  for (const { key, path, kind, span, firstSpan, earlier } of repeatedSettings(after)) {
    const was = known.get(JSON.stringify(path));
    if (was === undefined)
      yield { key, kind, before: undefined, after: 'appears twice', span, isRepeated: true };
    else if (was !== earlier)
      yield {
        ...{ key, kind, before: 'appears twice', after: 'appears twice, one of them changed' },
        ...{ span: firstSpan, isRepeated: true },
      };
  }
}

/** Keys whose values are never displayed, whatever they contain. */
const SECRET_KEY = /auth|token|passw|secret|credential|(?:^|[.:])key$/i;
const HIDDEN = '(hidden)';

function shown(setting: GuardingSetting | undefined): string | undefined {
  return setting === undefined ? undefined : shownValue(setting.key, setting.value);
}

/** Redacts userinfo, secrets in queries, and tokens from a value. */
export function shownValue(key: string, value: string): string {
  if (SECRET_KEY.test(key)) return HIDDEN;
  return maskSecrets(redactUserinfo(value), () => HIDDEN);
}
