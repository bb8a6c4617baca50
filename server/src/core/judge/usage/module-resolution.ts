import { withoutComments } from './config-comments.ts';
import type { UsageSearch } from './usage-search.ts';

const known = new WeakMap<UsageSearch, boolean>();

/**
 * Checks whether TypeScript finds types through the `exports` of packages, wherever the folder configures it. False if any
 * configuration may resolve modules in another way.
 */
export function readsExports(search: UsageSearch): boolean {
  let answer = known.get(search);
  if (answer === undefined) {
    answer = readsExportsOf(search);
    known.set(search, answer);
  }
  return answer;
}

const TSCONFIG = /(?:^|\/)[^/]*tsconfig[^/]*\.json$|(?:^|\/)tsconfig\/[^/]+\.json$/;
const RESOLUTION = /"moduleResolution"\s*:\s*"([^"]*)"/gi;
const EXTENDED = /"extends"\s*:\s*"([^"]+)"/;

function readsExportsOf({ files, manifests }: UsageSearch): boolean {
  const members = new Set(manifests.map(({ manifest }) => manifest.name?.value));
  let isStated = false;
  for (const { path, text } of files) {
    if (!TSCONFIG.test(path)) continue;
    const config = withoutComments(path, text);
    const stated = [...config.matchAll(RESOLUTION)].map((match) => match[1]!.toLowerCase());
    if (stated.some((each) => each !== 'bundler')) return false;
    if (stated.length > 0) {
      isStated = true;
      continue;
    }
    // What another file states is seen there, unless it is of an installed package.
    const base = EXTENDED.exec(config)?.[1];
    if (base === undefined) return false;
    if (!base.startsWith('.') && !members.has(base.slice(0, base.lastIndexOf('/')))) return false;
  }
  return isStated;
}
