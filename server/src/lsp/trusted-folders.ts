import { canonicalUri, isWithin, joinUri, type Uri } from '../core/read/text/paths/uri.ts';
import type { ServerState } from './server-state.ts';

/**
 * Reads `trustedFolders` of the initialization options: file URIs, absolute paths, or paths below the home directory
 * with `~/`. Anything else is ignored.
 */
export function readTrustedFolders(value: unknown, home: Uri | undefined): readonly Uri[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((text) => (typeof text === 'string' ? (folderOf(text, home) ?? []) : []));
}

function folderOf(text: string, home: Uri | undefined): Uri | undefined {
  if (/^file:\/\//i.test(text)) return canonicalUri(`file${text.slice(4)}`);
  if (text === '~' || text.startsWith('~/')) return home && joinUri(home, text.slice(1));
  const path = /^[a-z]:[\\/]/i.test(text) ? `/${text.replaceAll('\\', '/')}` : text;
  return path.startsWith('/') ? canonicalUri(joinUri('file:///', path)) : undefined;
}

/** Checks whether the user trusts any open folder. Files outside all of them cannot be trusted. */
export function trustsAnything({ trusted, folders, trustedFolders }: ServerState): boolean {
  if (trusted) return folders.length > 0;
  return trustedFolders.some((named) =>
    folders.some((open) => isWithin(open, named) || isWithin(named, open)),
  );
}
