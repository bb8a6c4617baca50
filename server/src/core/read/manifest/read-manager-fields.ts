import { type CatalogLine, DEFAULT_CATALOG } from '../config/catalog-line.ts';
import { PNPM_FIELD } from '../manager/pnpm/files.ts';
import type { JsonNode } from '../text/json/json-node.ts';
import { propertyOf } from '../text/json/json-tree.ts';
import { locatedString, propertiesOf, stringsIn } from './json-values.ts';
import type { DependencyMeta, Manifest, PnpmAuditConfig, PnpmField } from './manifest.ts';
import { readOverrides } from './read-overrides.ts';

type ManagerFields = Pick<
  Manifest,
  | 'resolutions'
  | typeof PNPM_FIELD
  | 'catalogs'
  | 'trustedDependencies'
  | 'dependenciesMeta'
  | 'optionalPeers'
>;

/** Reads the fields of a package.json that only pnpm, Yarn or Bun read. */
export function readManagerFields(root: JsonNode | undefined): ManagerFields {
  const valueAt = (key: string) => propertyOf(root, key)?.value;
  const workspaces = valueAt('workspaces');
  const trusted = valueAt('trustedDependencies');
  return {
    resolutions: readOverrides(valueAt('resolutions')).filter(({ path }) => path.length === 1),
    [PNPM_FIELD]: readPnpmField(root),
    catalogs: [...catalogsIn(root), ...(workspaces?.type === 'object' ? catalogsIn(workspaces) : [])],
    trustedDependencies:
      trusted?.type === 'array' ? { span: trusted.span, names: stringsIn(trusted) } : undefined,
    dependenciesMeta: readDependenciesMeta(valueAt('dependenciesMeta')),
    optionalPeers: readOptionalPeers(valueAt('peerDependenciesMeta')),
  };
}

function readPnpmField(root: JsonNode | undefined): PnpmField | undefined {
  const property = propertyOf(root, PNPM_FIELD);
  const node = property?.value;
  if (property === undefined || node?.type !== 'object') return undefined;
  const valueAt = (key: string) => propertyOf(node, key)?.value;
  return {
    keySpan: property.keySpan,
    span: node.span,
    overrides: readOverrides(valueAt('overrides')).filter(({ path }) => path.length === 1),
    onlyBuiltDependencies: stringsIn(valueAt('onlyBuiltDependencies')),
    ignoredBuiltDependencies: stringsIn(valueAt('ignoredBuiltDependencies')),
    neverBuiltDependencies: stringsIn(valueAt('neverBuiltDependencies')),
    ignoreDependencies: stringsIn(propertyOf(valueAt('updateConfig'), 'ignoreDependencies')?.value),
    auditConfig: readAuditConfig(valueAt('auditConfig')),
    keys: node.members.map(({ key, keySpan }) => ({ value: key, span: keySpan })),
  };
}

function readAuditConfig(node: JsonNode | undefined): PnpmAuditConfig | undefined {
  if (node?.type !== 'object') return undefined;
  const idsIn = (key: string) => stringsIn(propertyOf(node, key)?.value);
  return { ignoreGhsas: idsIn('ignoreGhsas'), ignoreCves: idsIn('ignoreCves') };
}

/** Bun reads them from the top level, and from `workspaces` if that is an object. */
function catalogsIn(node: JsonNode | undefined): readonly CatalogLine[] {
  const named = propertiesOf(propertyOf(node, 'catalogs')?.value);
  return [
    ...linesOf(DEFAULT_CATALOG, propertyOf(node, 'catalog')?.value),
    ...named.flatMap(({ key, value }) => linesOf(key, value)),
  ];
}

function linesOf(catalog: string, node: JsonNode | undefined): readonly CatalogLine[] {
  return propertiesOf(node).flatMap(({ key, keySpan, value }): readonly CatalogLine[] => {
    const text = locatedString(value);
    return text === undefined
      ? []
      : [{ catalog, name: { value: key, span: keySpan }, value: text, isText: true }];
  });
}

function readDependenciesMeta(node: JsonNode | undefined): ReadonlyMap<string, DependencyMeta> {
  const metas = new Map<string, DependencyMeta>();
  for (const { key, keySpan, value } of propertiesOf(node)) {
    const built = propertyOf(value, 'built')?.value;
    const isKnown = built?.type === 'boolean';
    metas.set(key, {
      keySpan,
      built: isKnown ? { value: built.value === true, span: built.span } : undefined,
    });
  }
  return metas;
}

function readOptionalPeers(node: JsonNode | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { key, value } of propertiesOf(node)) {
    const optional = propertyOf(value, 'optional')?.value;
    if (optional?.type === 'boolean' && optional.value === true) names.add(key);
  }
  return names;
}
