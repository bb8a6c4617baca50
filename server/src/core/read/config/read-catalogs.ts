import { type CatalogLine, DEFAULT_CATALOG } from './catalog-line.ts';
import { type ConfigNode, entriesIn, memberOf, membersOf } from './tree/config-tree.ts';

/** Reads the entries of `catalog` and `catalogs`, which have the same form in pnpm and Yarn. */
export function readCatalogs(root: ConfigNode | undefined): readonly CatalogLine[] {
  const named = membersOf(memberOf(root, 'catalogs')?.value);
  return [
    ...linesOf(DEFAULT_CATALOG, memberOf(root, 'catalog')?.value),
    ...named.flatMap(({ key, value }) => linesOf(key, value)),
  ];
}

function linesOf(catalog: string, node: ConfigNode | undefined): readonly CatalogLine[] {
  return entriesIn(node).flatMap(({ key, value }): readonly CatalogLine[] => {
    if (value === undefined) return [];
    const isText = typeof value.value === 'string';
    return [{ catalog, name: key, value: { value: value.text, span: value.span }, isText }];
  });
}
