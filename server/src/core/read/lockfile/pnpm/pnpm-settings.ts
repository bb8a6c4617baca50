import type { Located } from '../../text/span.ts';
import {
  childrenOf,
  hasChildren,
  keyOf,
  keySpan,
  locatedScalar,
  memberOf,
  type Node,
  scalarsOf,
  type YamlTape,
} from './yaml-tape.ts';

/** A member of a mapping whose value is a scalar. */
export interface PnpmSetting {
  readonly key: Located<string>;
  readonly value: Located<string>;
}

/** The version in a catalog for a name when the file was written. */
export interface PnpmCatalogEntry {
  readonly catalog: string;
  readonly name: Located<string>;
  readonly specifier: Located<string> | undefined;
  readonly version: Located<string> | undefined;
}

/** A package that pnpm patches: `name@version`, and the patch's hash and file if recorded. */
export interface PnpmPatch {
  readonly key: Located<string>;
  readonly hash: Located<string> | undefined;
  readonly path: Located<string> | undefined;
}

/** The settings that a lockfile was written with, decoded on demand. */
export interface PnpmLockSettings {
  readonly settings: readonly PnpmSetting[];
  readonly overrides: readonly PnpmSetting[];
  readonly catalogs: readonly PnpmCatalogEntry[];
  readonly patchedDependencies: readonly PnpmPatch[];
  readonly ignoredOptionalDependencies: readonly string[];
  /** Publish times of packages, by key: only with time-based resolution. */
  readonly time: readonly PnpmSetting[];
  readonly packageExtensionsChecksum: Located<string> | undefined;
  readonly pnpmfileChecksum: Located<string> | undefined;
}

export function readLockSettings(tape: YamlTape, document: Node): PnpmLockSettings {
  const member = (name: string) => memberOf(tape, document, name);
  return {
    get settings() {
      return scalarMembers(tape, member('settings'));
    },
    get overrides() {
      return scalarMembers(tape, member('overrides'));
    },
    get catalogs() {
      return [...childrenOf(tape, member('catalogs'))].flatMap((catalog) => catalogEntries(tape, catalog));
    },
    get patchedDependencies() {
      return [...childrenOf(tape, member('patchedDependencies'))].map((patch) => readPatch(tape, patch));
    },
    get ignoredOptionalDependencies() {
      return scalarsOf(tape, member('ignoredOptionalDependencies'));
    },
    get time() {
      return scalarMembers(tape, member('time'));
    },
    get packageExtensionsChecksum() {
      return locatedScalar(tape, member('packageExtensionsChecksum'));
    },
    get pnpmfileChecksum() {
      return locatedScalar(tape, member('pnpmfileChecksum'));
    },
  };
}

function locatedKey(tape: YamlTape, node: Node): Located<string> {
  return { value: keyOf(tape, node), span: keySpan(tape, node) };
}

function scalarMembers(tape: YamlTape, mapping: Node): readonly PnpmSetting[] {
  const members: PnpmSetting[] = [];
  for (const node of childrenOf(tape, mapping)) {
    const value = locatedScalar(tape, node);
    if (value !== undefined) members.push({ key: locatedKey(tape, node), value });
  }
  return members;
}

function catalogEntries(tape: YamlTape, catalog: Node): readonly PnpmCatalogEntry[] {
  const name = keyOf(tape, catalog);
  return [...childrenOf(tape, catalog)].map((node) => ({
    catalog: name,
    name: locatedKey(tape, node),
    specifier: locatedScalar(tape, memberOf(tape, node, 'specifier')),
    version: locatedScalar(tape, memberOf(tape, node, 'version')),
  }));
}

function readPatch(tape: YamlTape, node: Node): PnpmPatch {
  const isPair = hasChildren(tape, node);
  return {
    key: locatedKey(tape, node),
    hash: locatedScalar(tape, isPair ? memberOf(tape, node, 'hash') : node),
    path: isPair ? locatedScalar(tape, memberOf(tape, node, 'path')) : undefined,
  };
}
