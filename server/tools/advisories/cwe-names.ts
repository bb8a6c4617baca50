import { createRequire } from 'node:module';

/** The part of the CWE catalogue that is used, in cwe-sdk's format. */
interface Catalogue {
  readonly Weakness_Catalog: {
    readonly attr: { readonly '@_Version': string; readonly '@_Date': string };
    readonly Weaknesses: { readonly Weakness: readonly Named[] };
    readonly Categories: { readonly Category: readonly Named[] };
  };
}

interface Named {
  readonly attr: { readonly '@_ID': string; readonly '@_Name': string };
}

/**
 * Returns the source of server/src/core/know/advisory/osv/cwe-names.ts: the official names of these weaknesses
 * and categories in MITRE's Common Weakness Enumeration, as far as they are in the catalogue, one per line
 * after the number.
 */
export function cweNamesModule(numbers: Iterable<number>): string {
  const require = createRequire(import.meta.url);
  const { Weakness_Catalog: catalogue } = require('cwe-sdk/raw/cwe-archive.json') as Catalogue;
  const { '@_Version': version, '@_Date': day } = catalogue.attr;
  const named = [...catalogue.Weaknesses.Weakness, ...catalogue.Categories.Category];
  const names = new Map(named.map(({ attr }) => [Number(attr['@_ID']), attr['@_Name']]));
  const rows = [...new Set(numbers)]
    .sort((a, b) => a - b)
    .flatMap((number) => {
      const name = names.get(number);
      return name === undefined ? [] : [`${number} ${name.replace(/[\\`$]/g, '\\$&')}`];
    });
  return [
    `/** Written by "npm run advisories" from version ${version} of MITRE's CWE catalog (${day}), as packaged in cwe-sdk. */`,
    'export const CWE_NAMES = `',
    ...rows,
    '`;',
    '',
  ].join('\n');
}
