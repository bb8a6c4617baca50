import type { JsonNode } from '../../read/text/json/json-node.ts';
import { parseJsonTree } from '../../read/text/json/json-tree.ts';

/**
 * Returns the parts of a configuration file that decide what runs, for files that mostly change in other parts: the
 * generators of a Prisma schema, lerna.json without the version of the packages, and the loading options of
 * tsconfig.json.
 */
export function countedText(path: string, text: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (name.endsWith('.prisma')) return generatorLines(text);
  if (name === 'lerna.json') return withoutVersion(text);
  if (/^[tj]sconfig.*\.json$/.test(name))
    return withoutFields(text, (field) => /^(?:extends|ts-node|compilerOptions)$/.test(field));
  return text;
}

/** Returns the lines from a generator to the next block of another kind. Quoted text does not end it. */
function generatorLines(text: string): string {
  let isGenerator = false;
  return text
    .split('\n')
    .filter((line) => {
      if (/\bgenerator\s{1,100}\w{1,200}\s{0,100}\{/.test(line)) isGenerator = true;
      else if (/^\s*(?:model|enum|type|view|datasource)\s+\w+\s*\{/.test(line)) isGenerator = false;
      return isGenerator && line.trim() !== '';
    })
    .join('\n');
}

/** Removes the version, which every release changes. */
function withoutVersion(text: string): string {
  const { root } = parseJsonTree(text, { trailingCommas: true });
  const version =
    root?.type === 'object' ? root.members.findLast(({ key }) => key === 'version')?.value : undefined;
  return version?.type === 'string' ? text.slice(0, version.span.start) + text.slice(version.span.end) : text;
}

const OF_COMPILER = /^(?:plugins|paths|baseUrl)$/;

/** Returns the text of the counted fields; the whole text if it is not an object. */
function withoutFields(text: string, isCounted: (field: string) => boolean): string {
  const { root } = parseJsonTree(text, { trailingCommas: true });
  if (root?.type !== 'object') return text;
  const written = (node: JsonNode | undefined) =>
    node === undefined ? '' : text.slice(node.span.start, node.span.end);
  return root.members
    .filter(({ key }) => isCounted(key))
    .map(({ key, value }) => {
      const inner =
        key === 'compilerOptions' && value?.type === 'object'
          ? value.members
              .filter((one) => OF_COMPILER.test(one.key))
              .map((one) => `${one.key} ${written(one.value)}`)
              .join('\n')
          : written(value);
      return inner === '' ? '' : `${key} ${inner}\n`;
    })
    .join('');
}
