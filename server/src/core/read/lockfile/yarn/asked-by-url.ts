import { isUnfit } from '../faults/unfit-version.ts';
import type { LockEntry } from '../model/lockfile.ts';
import { requestedUrl } from '../model/registry-base.ts';
import { nameEnd } from './descriptor-index.ts';
import { YarnTapeEntry } from './yarn-tape-entry.ts';

/**
 * Checks whether an entry of Yarn is requested by the very URL that it is downloaded from: then any name may precede
 * it.
 */
export function isAskedByUrl(entry: LockEntry): boolean {
  if (!(entry instanceof YarnTapeEntry) || entry.resolved === undefined) return false;
  const downloaded = requestedUrl(entry.resolved.value, '')?.href;
  return entry.declarations.every((declaration) => {
    const range = declaration.slice(nameEnd(declaration) + 1);
    return /^https?:/i.test(range) && requestedUrl(range, '')?.href === downloaded;
  });
}

/**
 * Checks whether Yarn up to 1.22.19 merged the entries of an alias and of the package itself: the version satisfies the
 * alias's range, but not necessarily the other one.
 */
export function isMergedAlias(entry: LockEntry): boolean {
  if (!(entry instanceof YarnTapeEntry)) return false;
  const aliases = entry.declarations.filter((declaration) =>
    declaration.startsWith('npm:', nameEnd(declaration) + 1),
  );
  const version = entry.version?.value ?? '';
  const fits = aliases.some((alias) => !isUnfit(version, alias.slice(alias.lastIndexOf('@') + 1)));
  return fits && aliases.length < entry.declarations.length;
}
