import type { NpmConfig } from '../../config/npm/npm-config.ts';
import type { NpmrcEntry } from '../../config/npm/npmrc.ts';
import { insertionAt, newlineOf } from '../../text/edit.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { Span } from '../../text/span.ts';
import { ageIn, byGlob, cooldownOfSetting, DAY, numberIn, sourceOfSetting } from '../cooldown-settings.ts';
import type { CooldownSupport } from '../model/cooldown.ts';
import { mayBeFrom } from '../version.ts';

const KEY = 'min-release-age';
/** Globs over names: npm cannot exempt single versions. */
const EXEMPTIONS = 'min-release-age-exclude';
const SINCE = '11.10.0';
/** Earlier versions ignore exemptions. */
const EXEMPTIONS_SINCE = '11.17.0';

/** npm's setting is in days. It has no default. */
export const npmCooldown: CooldownSupport = {
  home: { kind: 'npmrc', fileName: '.npmrc', key: KEY },
  unit: 'day',
  since: SINCE,
  keyInNpmrc: () => KEY,
  writeAge: numberIn(DAY),
  isNumber: true,
  readAge: ageIn(DAY),
  /** npm rejects both settings in one file. From different files, `before` takes precedence. */
  configured({ manager, npmConfig }) {
    const before = npmConfig.get('before');
    const instant = before === undefined ? Number.NaN : Date.parse(before.value);
    if (before !== undefined && !Number.isNaN(instant))
      return { wait: 0, before: instant, source: sourceOfSetting('before', before) };
    const age = mayBeFrom(manager.version, SINCE) ? npmConfig.get(KEY) : undefined;
    return cooldownOfSetting(KEY, age, npmCooldown.readAge);
  },
  defaultAge: () => undefined,
  exemptions({ npmConfig }) {
    const setting = npmConfig.get(EXEMPTIONS);
    if (setting === undefined) return [];
    const { source } = setting;
    const isFile = source.type === 'file' || source.type === 'config';
    return setting.value
      .split(/[\n,]/)
      .map((text) => text.trim())
      .filter((text) => text !== '')
      .map((text) => {
        const span = isFile ? (lineOf(npmConfig, source.uri, text) ?? source.span) : undefined;
        const place = isFile && span !== undefined ? { uri: source.uri, span } : undefined;
        return { text, place, covers: byGlob(text) };
      });
  },
  /** Adds a comment with the end of the cooldown, because npm can only exempt whole packages. */
  exempt({ npmConfig, manager }, gate, { name, version, until }) {
    const file = npmConfig.project;
    const known = npmConfig.get(EXEMPTIONS)?.source;
    // A list in the project's file replaces the user's.
    const isElsewhere = known !== undefined && !(known.type === 'file' && known.uri === file?.uri);
    if (gate === undefined || file === undefined || gate.uri !== file.uri || isElsewhere) return undefined;
    if (!mayBeFrom(manager.version, EXEMPTIONS_SINCE)) return undefined;
    const { text, entries } = file;
    const listed = entries.findLast((entry) => entry.key === EXEMPTIONS)?.lineSpan ?? gate.span;
    const newline = newlineOf(text);
    const dated = until === null ? [] : [`; ${name} ${version} is old enough after ${until}`];
    const lines = [...dated, `${EXEMPTIONS}[]=${name}`].map((line) => newline + line).join('');
    return { uri: file.uri, item: name, key: EXEMPTIONS, edit: insertionAt(listed.end, lines) };
  },
};

/** Returns the line of a list that has the item. */
function lineOf({ project, user, global }: NpmConfig, uri: Uri, item: string): Span | undefined {
  const file = [project, user, global].find((each) => each?.uri === uri);
  const hasItem = ({ key, value }: NpmrcEntry) =>
    key === EXEMPTIONS && value.split(',').some((text) => text.trim() === item);
  return file?.entries.findLast(hasItem)?.lineSpan;
}
