import type { Uri } from '../text/paths/uri.ts';
import { parseWebUrl } from '../text/paths/web-url.ts';
import type { Span } from '../text/span.ts';
import type { FoundCredential, RegistryChoice } from './npm/npm-config.ts';

/** The registries that a package manager's own files decide on; undefined where they set none. */
export interface ManagerRegistries {
  /** Returns the registry of a scope with its @. */
  scoped(scope: string): RegistryChoice | undefined;
  unscoped(): RegistryChoice | undefined;
  credential(url: string): FoundCredential | undefined;
}

/** The line in a package manager's file that names a registry. */
export interface RegistryLine {
  /** With its @; undefined for the default registry. */
  readonly scope: string | undefined;
  readonly file: { readonly uri: Uri; readonly text: string; readonly level: 'project' | 'user' };
  readonly span: Span;
  readonly trusted: boolean;
}

/** Returns the registry that a line names. In an untrusted project, only the user's own files are trusted. */
export function registryChoice(url: string, { scope, file, span, trusted }: RegistryLine): RegistryChoice {
  const { uri, text, level } = file;
  const address = parseWebUrl(url);
  return {
    url: url.endsWith('/') ? url : `${url}/`,
    trusted: trusted || level === 'user',
    usable: address !== undefined && /^https?$/.test(address.scheme) && !url.includes('$'),
    scope,
    source: { type: 'config', uri, text, level, span },
  };
}
