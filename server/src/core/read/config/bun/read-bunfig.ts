import type { Uri } from '../../text/paths/uri.ts';
import type { Located } from '../../text/span.ts';
import {
  booleanOf,
  type ConfigMember,
  type ConfigNode,
  memberOf,
  membersOf,
  textOf,
} from '../tree/config-tree.ts';
import { parseTomlTree } from '../tree/parse-toml-tree.ts';
import type { Bunfig, BunfigLevel, BunRegistry } from './bunfig.ts';

/** Reads a bunfig.toml, however incomplete: values of a wrong type are skipped. Never throws. */
export function readBunfig(uri: Uri, text: string, level: BunfigLevel): Bunfig {
  const { root, problems } = parseTomlTree(text);
  const setting = (...path: readonly string[]): ConfigMember | undefined => {
    let member: ConfigMember | undefined;
    for (const [at, key] of path.entries()) member = memberOf(at === 0 ? root : member?.value, key);
    return member;
  };
  const install = setting('install')?.value;
  const valueAt = (key: string) => memberOf(install, key)?.value;
  const registry = valueAt('registry');
  const lockfile = valueAt('lockfile');
  return {
    kind: 'bunfig',
    uri,
    text,
    level,
    problems,
    registry: registry === undefined ? undefined : registryOf(registry, undefined),
    scopes: membersOf(valueAt('scopes')).map(({ key, keySpan, value }) =>
      registryOf(value, { value: key, span: keySpan }),
    ),
    lockfileSave: booleanOf(memberOf(lockfile, 'save')?.value),
    lockfilePrint: textOf(memberOf(lockfile, 'print')?.value),
    saveTextLockfile: booleanOf(valueAt('saveTextLockfile')),
    minimumReleaseAge: numberOf(valueAt('minimumReleaseAge')),
    ignoreScripts: booleanOf(valueAt('ignoreScripts')),
    install: install?.type === 'map' ? install.members : [],
    settings: root?.members ?? [],
    setting,
  };
}

/** Reads a string, or a table with the URL and the credentials. */
function registryOf(node: ConfigNode | undefined, scope: Located<string> | undefined): BunRegistry {
  const part = (key: string) => textOf(memberOf(node, key)?.value);
  return {
    scope,
    url: textOf(node) ?? part('url'),
    token: part('token'),
    username: part('username'),
    password: part('password'),
  };
}

function numberOf(node: ConfigNode | undefined): Located<number> | undefined {
  return node?.type === 'scalar' && typeof node.value === 'number'
    ? { value: node.value, span: node.span }
    : undefined;
}
