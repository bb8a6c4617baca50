import type { Uri } from '../../text/paths/uri.ts';
import type { Located } from '../../text/span.ts';
import type { ConfigMember } from '../tree/config-tree.ts';
import { type ClassicTree, parseClassicTree } from './parse-classic-tree.ts';
import type { YarnRegistry, Yarnrc, YarnrcLevel } from './yarnrc.ts';

/**
 * Reads a .yarnrc of Yarn 1, in the grammar of its lockfile. A line that does not fit the grammar is a problem; the
 * others count. Never throws.
 */
export function readClassicYarnrc(uri: Uri, text: string, level: YarnrcLevel): Yarnrc {
  return classicYarnrc({ uri, text, level }, parseClassicTree(text));
}

/** Builds the settings model of a .yarnrc, in whatever syntax it is written. */
export function classicYarnrc(
  { uri, text, level }: Pick<Yarnrc, 'uri' | 'text' | 'level'>,
  { members: settings, problems }: ClassicTree,
): Yarnrc {
  const setting = (key: string) => settings.findLast((member) => member.key === key);
  return {
    kind: 'yarnrc',
    dialect: 'classic',
    uri,
    text,
    level,
    problems,
    registry: registryOf(undefined, setting('registry')),
    scopes: scopesIn(settings),
    registries: [],
    enableScripts: undefined,
    yarnPath: textIn(setting('yarn-path')),
    plugins: [],
    catalogs: [],
    packageExtensions: [],
    settings,
    setting,
  };
}

const SUFFIX = ':registry';

function scopesIn(settings: readonly ConfigMember[]): readonly YarnRegistry[] {
  const last = new Map<string, ConfigMember>();
  for (const member of settings) {
    if (member.key.startsWith('@') && member.key.endsWith(SUFFIX)) last.set(member.key, member);
  }
  return [...last.values()].map((member) => {
    const scope = member.key.slice(1, -SUFFIX.length);
    return registryOf({ value: scope, span: member.keySpan }, member);
  });
}

function registryOf(key: Located<string> | undefined, member: ConfigMember | undefined): YarnRegistry {
  return { key, server: textIn(member), authToken: undefined, authIdent: undefined };
}

function textIn(member: ConfigMember | undefined): Located<string> | undefined {
  const value = member?.value;
  return value?.type === 'scalar' && typeof value.value === 'string'
    ? { value: value.value, span: value.span }
    : undefined;
}
