import { isUnfit } from '../faults/unfit-version.ts';
import { nameEnd } from './descriptor-index.ts';
import type { YarnTapeEntry } from './yarn-tape-entry.ts';

/**
 * Returns the range of a key's descriptor that the entry's version does not satisfy: Yarn installs what an entry says,
 * and does not compare the two. A text that is not a range, and a prerelease, prove nothing.
 */
export function unfitDeclaration(entry: YarnTapeEntry): string | undefined {
  const version = entry.source === 'registry' ? entry.version?.value : undefined;
  if (version === undefined) return undefined;
  for (const declaration of entry.declarations) {
    const text = declaration.slice(nameEnd(declaration) + 1);
    const range = text.startsWith('npm:') ? text.slice(text.lastIndexOf('@') + 1).replace(/^npm:/, '') : text;
    if (isUnfit(version, range)) return range;
  }
  return undefined;
}
