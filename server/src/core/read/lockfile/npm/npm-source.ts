import { readSpecifier } from '../../manifest/read-specifier.ts';
import { canonicalUrl } from '../../text/paths/canonical-url.ts';
import type { Located, Span } from '../../text/span.ts';
import {
  CONFIGURED_REGISTRY,
  gitSource,
  type InstalledSource,
  localSource,
  namedSource,
  plainSource,
  unknownSource,
  urlSource,
} from '../record/installed-source.ts';

/** The members of an entry of `packages` that decide its source. */
export interface NpmSourceMembers {
  readonly key: string;
  readonly keySpan: Span;
  readonly isLink: boolean;
  readonly inNodeModules: boolean;
  readonly resolved: Located<string> | undefined;
}

/** Returns the source that npm 7 and later take the package of an entry of `packages` from. */
export function npmSource(entry: NpmSourceMembers): InstalledSource {
  const { resolved } = entry;
  if (entry.isLink)
    return localSource(resolved ?? { value: '', span: entry.keySpan }, resolved?.value, 'link');
  if (!entry.inNodeModules) return plainSource(entry.key === '' ? 'root' : 'workspace', entry.key, undefined);
  return resolvedSource(resolved);
}

/**
 * Returns the source that a `resolved` means to npm, which reads it like a dependency specifier: `./a.tgz` is a file,
 * `a/b` a repository, `npm:a@1.0.0` another package of the registry. A missing one is the configured registry.
 */
export function resolvedSource(resolved: Located<string> | undefined): InstalledSource {
  if (resolved === undefined || resolved.value === '') return CONFIGURED_REGISTRY;
  const { value } = resolved;
  // npm treats a URL with a commit after it as a repository only on hosts that it knows; others are tarballs.
  const specifier = readSpecifier('', value);
  switch (specifier.type) {
    case 'remote':
      return /\.git#[\da-f]{40}$/.test(value) ? gitSource(resolved) : urlSource(resolved);
    case 'git':
      return gitSource(resolved);
    case 'file':
    case 'directory':
      return localSource(resolved);
    case 'alias': {
      const { target } = specifier;
      return namedSource(target, value.slice('npm:'.length + target.length + 1), resolved);
    }
    case 'version':
    case 'range':
    case 'tag':
      return namedSource(undefined, value, resolved);
    default:
      // URLs that only the specifier parser rejects are requested all the same.
      return canonicalUrl(value) === undefined ? unknownSource(resolved) : urlSource(resolved);
  }
}
