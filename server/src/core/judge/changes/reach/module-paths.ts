import { isRelative } from '../script-files.ts';
import type { ReachTools } from './reach-tools.ts';

/**
 * Returns the paths that a module specifier may resolve to, grouped in lookup order. The first group with any existing
 * path applies, with all its existing paths. A path that ends with `/package.json` stands for its `main`.
 */
export function modulePaths(path: string): readonly (readonly string[])[] {
  const bare = path.replace(/\/+$/, '');
  const ending = /\.([cm]?)[jt]sx?$/.exec(bare);
  if (ending !== null) {
    const stem = bare.slice(0, ending.index);
    const kind = ending[1];
    const others = /\.[cm]?js$/.test(bare)
      ? [`${stem}.${kind}ts`, ...(kind === '' ? [`${stem}.tsx`] : [])]
      : [];
    return [[bare], others];
  }
  if (/\.(?:node|wasm)$/i.test(bare)) return [[bare]];
  if (DATA.test(bare)) return [];
  return [
    path.endsWith('/') || /(?:^|\/)\.{0,2}$/.test(bare) ? [] : [bare],
    path.endsWith('/') ? [] : ENDINGS.map((one) => bare + one),
    [`${bare}/package.json`],
    ENDINGS.map((one) => `${bare}/index${one}`),
  ];
}

const ENDINGS = ['.js', '.ts', '.tsx', '.jsx', '.mts', '.cts'];
/** Data and other files that are not code. */
const DATA = /\.(?:jsonc?|json5|ya?ml|toml|md|txt|css|s[ac]ss|less|html?|svg|png|graphql|vue|svelte)$/i;

/**
 * Returns the paths, relative to the folder of a manifest, that loading the package resolves to.
 *
 * @param inside the path after the package's name, empty for none
 */
export function packagePaths(
  text: string,
  inside: string,
  { parseJsonTree }: Pick<ReachTools, 'parseJsonTree'>,
): readonly string[] {
  const { root } = parseJsonTree(text, { trailingCommas: false });
  if (root?.type !== 'object') return [];
  const field = (name: string) => root.members.findLast(({ key }) => key === name)?.value;
  const found: string[] = [];
  const collect = (node: ReturnType<typeof field>, depth = 0) => {
    if (node?.type === 'string' && node.value.startsWith('./') && !node.value.includes('*'))
      found.push(node.value);
    if (node?.type === 'object' && depth < 5)
      for (const { key, value } of node.members) if (!/^types|^\./.test(key)) collect(value, depth + 1);
  };
  const exported = field('exports');
  const key = inside === '' ? '.' : `./${inside}`;
  const own =
    exported?.type === 'object' ? exported.members.findLast((one) => one.key === key)?.value : undefined;
  collect(own ?? (inside === '' ? exported : undefined));
  if (found.length > 0) return found;
  if (inside !== '') return [inside];
  const main = field('main');
  const written = main?.type === 'string' && isRelative(main.value) ? main.value : undefined;
  return [...(written === undefined ? [] : [written]), './index'];
}
