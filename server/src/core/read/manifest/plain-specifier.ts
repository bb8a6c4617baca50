import type { Specifier } from './specifier.ts';

type PlainSpecifier = Specifier & { readonly type: 'version' | 'range' | 'tag' };

/** Returns the request to a registry, looking through an alias; undefined for everything else. */
export function plainOf(specifier: Specifier | undefined): PlainSpecifier | undefined {
  const inner = specifier?.type === 'alias' ? specifier.inner : specifier;
  switch (inner?.type) {
    case 'version':
    case 'range':
    case 'tag':
      return inner as PlainSpecifier;
    default:
      return undefined;
  }
}
