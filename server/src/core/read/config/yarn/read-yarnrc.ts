import type { Uri } from '../../text/paths/uri.ts';
import type { Located } from '../../text/span.ts';
import { readCatalogs } from '../read-catalogs.ts';
import {
  booleanOf,
  type ConfigMember,
  type ConfigNode,
  itemsOf,
  memberOf,
  membersOf,
  textOf,
} from '../tree/config-tree.ts';
import { readPackageExtensions } from './package-extension.ts';
import { parseBerryTree } from './parse-legacy-tree.ts';
import type { YarnPlugin, YarnRegistry, Yarnrc, YarnrcLevel } from './yarnrc.ts';

/**
 * Reads a .yarnrc.yml, however incomplete. Variables are not expanded: the caller knows the environment and whether the
 * file may read it. Never throws.
 */
export function readYarnrc(uri: Uri, text: string, level: YarnrcLevel): Yarnrc {
  const { root, problems } = parseBerryTree(text);
  const valueAt = (key: string) => memberOf(root, key)?.value;
  return {
    kind: 'yarnrc',
    dialect: 'berry',
    uri,
    text,
    level,
    problems,
    registry: registryIn(root, undefined),
    scopes: registriesIn(valueAt('npmScopes')),
    registries: registriesIn(valueAt('npmRegistries')),
    enableScripts: booleanOf(valueAt('enableScripts')),
    yarnPath: textOf(valueAt('yarnPath')),
    plugins: itemsOf(valueAt('plugins')).map(pluginOf),
    catalogs: readCatalogs(root),
    packageExtensions: readPackageExtensions(valueAt('packageExtensions')),
    settings: root?.members ?? [],
    setting: (key) => memberOf(root, key),
  };
}

function locatedKey({ key, keySpan }: ConfigMember): Located<string> {
  return { value: key, span: keySpan };
}

function registryIn(node: ConfigNode | undefined, key: Located<string> | undefined): YarnRegistry {
  return {
    key,
    server: textOf(memberOf(node, 'npmRegistryServer')?.value),
    authToken: textOf(memberOf(node, 'npmAuthToken')?.value),
    authIdent: textOf(memberOf(node, 'npmAuthIdent')?.value),
  };
}

function registriesIn(node: ConfigNode | undefined): readonly YarnRegistry[] {
  return membersOf(node).map((member) => registryIn(member.value, locatedKey(member)));
}

/** Reads a bare path, or a map with the path and its origin. */
function pluginOf(node: ConfigNode): YarnPlugin {
  const part = (key: string) => textOf(memberOf(node, key)?.value);
  return {
    path: textOf(node) ?? part('path'),
    spec: part('spec'),
    checksum: part('checksum'),
    span: node.span,
  };
}
