import { isUnfit } from '../unfit-version.ts';
import { nameEnd } from './descriptor-index.ts';
import type { YarnTapeEntry } from './yarn-tape-entry.ts';

/**
 * The range of a key's declaration that the entry's version is not in: Yarn installs what an entry says, and does not
 * compare the two. What is no range, and a prerelease, tells nothing.
 */
export function unfitDeclaration(entry: YarnTapeEntry): string | undefined {
  const version = entry.source === 'registry' ? entry.version?.value : undefined;
  if (version === undefined) return undefined;
  for (const declaration of entry.declarations) {
    const text = declaration.slice(nameEnd(declaration) + 1);
    const range = text.startsWith('npm:') ? text.slice(text.lastIndexOf('@') + 1).replace(/^npm:/, '') : text;
    if (fitsPlainly(version, range) || !isUnfit(version, range)) continue;
    return range;
  }
  return undefined;
}

/** Whether the text is the version itself, or a caret before an equal or lower one of the same major: nearly all are. */
function fitsPlainly(version: string, range: string): boolean {
  if (range === version) return true;
  if (range.charCodeAt(0) !== CARET) return false;
  const dot = version.indexOf('.');
  // What is below 1.0.0, and a prerelease, is compared in full.
  if (version.charCodeAt(0) === ZERO || version.includes('-', dot)) return false;
  return (
    range.length > dot && range.startsWith(version.slice(0, dot + 1), 1) && isReached(version, range, dot)
  );
}

function isReached(version: string, range: string, dot: number): boolean {
  const [minor = '', patch = ''] = version.slice(dot + 1).split('.', 2);
  const [least = '', leastPatch = ''] = range.slice(dot + 2).split('.', 2);
  if (!/^\d+$/.test(minor) || !/^\d+$/.test(least) || !/^\d*$/.test(leastPatch) || !/^\d+$/.test(patch))
    return false;
  return Number(minor) > Number(least) || (minor === least && Number(patch) >= Number(leastPatch));
}

const CARET = 94;
const ZERO = 48;
