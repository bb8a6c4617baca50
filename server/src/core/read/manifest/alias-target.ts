import { readSpecifier } from './read-specifier.ts';

/** Returns the package that a text asks for under a name; undefined where it says none, and so asks for that name itself. */
export function aliasTarget(alias: string, declared: string | undefined): string | undefined {
  if (declared?.includes(':') !== true) return undefined;
  const specifier = readSpecifier(alias, declared);
  return specifier.type === 'alias' ? specifier.target : undefined;
}
