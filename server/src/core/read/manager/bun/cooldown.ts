import { addListItem } from '../../config/tree/add-list-item.ts';
import {
  ageIn,
  type Covers,
  cooldownOfMember,
  listedExemptions,
  numberIn,
  SECOND,
  splitAtVersion,
} from '../cooldown-settings.ts';
import type { CooldownSupport } from '../model/cooldown.ts';
import { mayBeFrom } from '../version.ts';

const KEY = 'minimumReleaseAge';
const EXEMPTIONS = 'minimumReleaseAgeExcludes';
const SINCE = '1.3.0';

/** Bun's setting is in seconds. It has no default. */
export const bunCooldown: CooldownSupport = {
  home: { kind: 'bunfig', fileName: 'bunfig.toml', key: KEY },
  unit: 'second',
  since: SINCE,
  keyInNpmrc: () => undefined,
  writeAge: numberIn(SECOND),
  isNumber: true,
  readAge: ageIn(SECOND),
  configured({ manager, bunfig }) {
    if (bunfig?.minimumReleaseAge === undefined || !mayBeFrom(manager.version, SINCE)) return undefined;
    return cooldownOfMember(bunfig.uri, KEY, bunfig.setting('install', KEY), bunCooldown.readAge);
  },
  defaultAge: () => undefined,
  exemptions: ({ bunfig }) =>
    bunfig === undefined
      ? []
      : listedExemptions(bunfig.uri, bunfig.setting('install', EXEMPTIONS)?.value, readExemption),
  exempt({ bunfig }, gate, { name, version }) {
    if (bunfig === undefined || gate?.uri !== bunfig.uri || bunfig.problems.length > 0) return undefined;
    const { uri, text } = bunfig;
    const item = `${name}@${version}`;
    const member = bunfig.setting('install', EXEMPTIONS);
    const edit = addListItem({ text, syntax: 'toml', key: EXEMPTIONS, member, below: gate.span }, item);
    return { uri, item, key: EXEMPTIONS, edit };
  },
};

/** Parses a name, or a name with one version. */
function readExemption(text: string): Covers {
  const [own, exact] = splitAtVersion(text);
  return (name, version) => name === own && (exact === undefined || exact === version);
}
