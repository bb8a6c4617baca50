import type { PnpmWorkspace } from '../../config/pnpm/pnpm-workspace.ts';
import { camelCaseKey } from '../../config/setting-name.ts';
import { addListItem, type ListPlace, replaceListItem } from '../../config/tree/add-list-item.ts';
import { type ConfigMember, textsIn } from '../../config/tree/config-tree.ts';
import { joinUri } from '../../text/paths/uri.ts';
import {
  ageIn,
  cooldownOfMember,
  cooldownOfSetting,
  DAY,
  MINUTE,
  numberIn,
  splitAtVersion,
} from '../cooldown-settings.ts';
import type { CooldownSupport } from '../model/cooldown.ts';
import { isFrom, mayBeFrom } from '../version.ts';
import { packageSelectors } from './package-selectors.ts';
import { pnpmMajor } from './version.ts';

const KEY = 'minimumReleaseAge';
const NPMRC_KEY = 'minimum-release-age';
const EXEMPTIONS = 'minimumReleaseAgeExclude';
const SINCE = '10.16.0';

/** pnpm's setting is in minutes. pnpm 11 has a default of one day. */
export const pnpmCooldown: CooldownSupport = {
  home: { kind: 'pnpmWorkspace', fileName: 'pnpm-workspace.yaml', key: KEY },
  unit: 'minute',
  since: SINCE,
  keyInNpmrc: (version) => (isFrom(version, '11.0.0') ? undefined : NPMRC_KEY),
  writeAge: numberIn(MINUTE),
  isNumber: true,
  above: { key: 'trustPolicyIgnoreAfter', policy: 'trustPolicy', value: 'no-downgrade' },
  readAge: ageIn(MINUTE),
  /** Reads .npmrc files too, as pnpm up to 10 does, unless the version is known to be later. */
  configured({ manager, npmConfig, pnpmWorkspace }) {
    if (!mayBeFrom(manager.version, SINCE)) return undefined;
    const { readAge } = pnpmCooldown;
    const found =
      pnpmWorkspace === undefined
        ? undefined
        : cooldownOfMember(pnpmWorkspace.uri, KEY, ownSetting(pnpmWorkspace, manager.version), readAge);
    const inNpmrc = found === undefined ? pnpmCooldown.keyInNpmrc(manager.version) : undefined;
    return inNpmrc === undefined ? found : cooldownOfSetting(inNpmrc, npmConfig.get(inNpmrc), readAge);
  },
  defaultAge: (version) => (isFrom(version, '11.0.0') ? DAY : undefined),
  defaultAgeByLockfile: (lockfile) =>
    pnpmMajor({ manager: { version: undefined }, lockfile }) >= 11 ? DAY : undefined,
  exemptions: ({ pnpmWorkspace }) =>
    pnpmWorkspace === undefined ? [] : packageSelectors(pnpmWorkspace, EXEMPTIONS),
  /** Writes to pnpm-workspace.yaml, even if .npmrc sets the cooldown. */
  exempt({ root, pnpmWorkspace, npmConfig }, gate, { name, version }) {
    const uri = pnpmWorkspace?.uri ?? joinUri(root, 'pnpm-workspace.yaml');
    if (gate !== undefined && gate.uri !== uri && gate.uri !== npmConfig.project?.uri) return undefined;
    const item = `${name}@${version}`;
    if (pnpmWorkspace !== undefined && pnpmWorkspace.problems.length > 0) return undefined;
    const member = pnpmWorkspace?.setting(EXEMPTIONS);
    const below = gate?.uri === uri ? gate.span : undefined;
    const text = pnpmWorkspace?.text ?? '';
    const place: ListPlace = { text, syntax: 'yaml', key: EXEMPTIONS, member, below };
    // pnpm reads only the first entry of a name.
    const own = textsIn(member?.value).find(({ value }) => splitAtVersion(value)[0] === name);
    const edit =
      own === undefined
        ? addListItem(place, item)
        : replaceListItem(place, own.span, `${own.value} || ${version}`);
    return { uri, item, key: EXEMPTIONS, edit };
  },
};

/** Returns the setting; up to pnpm 10 its key may be in kebab case. */
function ownSetting(
  { settings, setting }: PnpmWorkspace,
  version: string | undefined,
): ConfigMember | undefined {
  if (isFrom(version, '11.0.0')) return setting(KEY);
  return settings.findLast(({ key }) => camelCaseKey(key) === KEY);
}
