import type { JsonNode } from '../../../read/text/json/json-node.ts';
import { memberOf, stringsIn } from './data-loads.ts';
import type { ReachTools } from './reach-tools.ts';

type Parser = Pick<ReachTools, 'parseJsonTree'>;

/**
 * Returns what a specifier such as `#lib/a` resolves to by `imports` of the enclosing package.json, under any
 * condition.
 */
export function importTargets(text: string, specifier: string, { parseJsonTree }: Parser): readonly string[] {
  const imports = memberOf(parseJsonTree(text, { trailingCommas: false }).root, 'imports');
  return imports?.type === 'object' ? matched(imports.members, specifier) : [];
}

/** The module resolution settings of a tsconfig.json. */
export interface PathMapping {
  readonly extends: readonly string[];
  /** Returns the paths, relative to the file, that a specifier without a path resolves to. */
  targets(specifier: string): readonly string[];
}

export function pathMapping(text: string, { parseJsonTree }: Parser): PathMapping {
  const { root } = parseJsonTree(text, { trailingCommas: true });
  const options = memberOf(root, 'compilerOptions');
  const written = memberOf(options, 'baseUrl');
  const base = written?.type === 'string' ? written.value.replace(/\/*$/, '/') : undefined;
  const paths = memberOf(options, 'paths');
  return {
    extends: stringsIn(memberOf(root, 'extends')).filter((one) => /^\.{1,2}\//.test(one)),
    targets(specifier) {
      const found = paths?.type === 'object' ? matched(paths.members, specifier) : [];
      return [...found, ...(base === undefined ? [] : [specifier])].map((path) =>
        /^\.{0,2}\//.test(path) && base === undefined ? path : (base ?? './') + path,
      );
    },
  };
}

/** Prefers the exact key, then the pattern with the longest part before its star. */
function matched(
  members: readonly { readonly key: string; readonly value: JsonNode | undefined }[],
  specifier: string,
): readonly string[] {
  const exact = members.findLast(({ key }) => key === specifier);
  if (exact !== undefined) return stringsIn(exact.value);
  const fitting = members.filter(({ key }) => {
    const [start, end, other] = key.split('*');
    if (end === undefined || other !== undefined) return false;
    const isLong = specifier.length >= start!.length + end.length;
    return isLong && specifier.startsWith(start!) && specifier.endsWith(end);
  });
  const [best] = fitting.sort((a, b) => b.key.indexOf('*') - a.key.indexOf('*'));
  if (best === undefined) return [];
  const [start, end] = best.key.split('*');
  const middle = specifier.slice(start!.length, specifier.length - end!.length);
  return stringsIn(best.value).map((target) => target.replaceAll('*', () => middle));
}
