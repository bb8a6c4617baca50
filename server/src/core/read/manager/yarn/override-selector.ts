import type { OverrideSelector } from '../override-selector.ts';

/**
 * Parses a selector of Yarn 2 and later: `name`, `parent/name`, each optionally with `@` and a version. It rejects
 * stars.
 */
export function parseBerrySelector(text: string): OverrideSelector | undefined {
  if (text.length > LONGEST) return undefined;
  const parts = /^(?:(@[^/@]+\/[^/@]+|[^/@]+)(?:@([^/]+))?\/)?(@[^/@]+\/[^/@]+|[^/@]+)(?:@([^/]+))?$/.exec(
    text,
  );
  const name = parts?.[3];
  const parent = parts?.[1];
  if (parts === null || name === undefined || `${parent}${name}`.includes('*')) return undefined;
  return {
    parents: parent === undefined ? [] : [{ name: parent, range: parts[2] }],
    isDeep: false,
    target: { name, range: parts[4] },
  };
}

/**
 * Parses a selector of Yarn 1: a path of names, in which a double star matches any packages in between; a single name
 * matches at any depth.
 */
export function parseClassicSelector(text: string): OverrideSelector | undefined {
  if (text.length > LONGEST) return undefined;
  const segments = text.split('/');
  const names: string[] = [];
  for (let at = 0; at < segments.length; at++) {
    const segment = segments[at]!;
    if (segment === '') return undefined;
    const isScope = segment.startsWith('@');
    const next = segments[at + 1];
    if (isScope && next === undefined) return undefined;
    names.push(isScope ? `${segment}/${next}` : segment);
    if (isScope) at++;
  }
  const last = names.at(-1);
  if (last === undefined || last.includes('*')) return undefined;
  const isDeep = names.at(-2) === '**' || names.length === 1;
  const parents = names.slice(0, -1).filter((name) => name !== '**');
  if (parents.some((name) => name.includes('*'))) return undefined;
  return {
    parents: parents.map((name) => ({ name, range: undefined })),
    isDeep,
    target: { name: last, range: undefined },
  };
}

/** Returns the text that Yarn 2 and later compare a specifier as: a range without a protocol gets `npm:`. */
export function withProtocol(specifier: string): string {
  return /^[a-z+]+:/i.test(specifier) ? specifier : `npm:${specifier}`;
}

/** No real key is longer. */
const LONGEST = 1000;
