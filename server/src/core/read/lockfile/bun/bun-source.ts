import type { Located } from '../../text/span.ts';
import type { LockSource } from '../model/lockfile.ts';
import {
  CONFIGURED_REGISTRY,
  gitSource,
  type InstalledSource,
  localSource,
  plainSource,
  unknownSource,
  urlSource,
} from '../record/installed-source.ts';

/** The members of an entry that decide its source. */
export interface BunSourceMembers {
  readonly source: LockSource;
  readonly resolved: Located<string> | undefined;
  readonly resolution: Located<string>;
}

/**
 * Returns the source that Bun takes a package from.
 * @param tag for git, the name of the folder in Bun's cache, which is used if it exists; empty for none
 */
export function bunSource(entry: BunSourceMembers, tag: string): InstalledSource {
  const { source, resolved, resolution } = entry;
  const text = resolved ?? resolution;
  switch (source) {
    case 'registry':
      return resolved === undefined ? CONFIGURED_REGISTRY : registrySource(resolved);
    case 'tarball':
      return urlSource(text);
    case 'git': {
      const git = gitSource(text);
      return tag === '' ? git : { ...git, identity: `${git.identity} ${tag}` };
    }
    case 'file':
    case 'directory':
      return localSource(text);
    case 'link':
      return localSource(text, text.value.replace(/^link:/, ''), 'link');
    case 'workspace':
    case 'root':
      return plainSource(source, text.value, text);
    default:
      return unknownSource(text);
  }
}

/** Bun writes the URL of the tarball, or that of the registry alone. */
function registrySource(text: Located<string>): InstalledSource {
  const source = urlSource(text);
  return source.kind === 'unknown' ? source : { ...source, kind: 'registry' };
}
