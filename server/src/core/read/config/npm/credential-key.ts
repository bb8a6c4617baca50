import { canonicalUrl } from '../../text/paths/canonical-url.ts';

/** The settings of a registry's credentials, as npm writes them. */
const NAMES = ['_authToken', '_auth', '_password', 'username', 'email', 'certfile', 'keyfile'] as const;

export type CredentialName = (typeof NAMES)[number];

/** A key of .npmrc for credentials, taken apart. */
export interface CredentialKey {
  /** In the case that npm reads. */
  readonly name: CredentialName;
  /** Whether it is written in that case. */
  readonly isSpelledRight: boolean;
  /** `//host/path/` as written, with any scheme before it; empty for a key that is bound to no registry. */
  readonly base: string;
  /** pnpm's `@scope:` before the name, or nothing. */
  readonly scope: string;
}

/** Takes a key apart; undefined for all other settings. */
export function readCredentialKey(key: string): CredentialKey | undefined {
  const colon = key.lastIndexOf(':');
  const written = key.slice(colon + 1);
  const spelled = written.toLowerCase().replace(/^-/, '_');
  const name = NAMES.find((one) => one.toLowerCase() === spelled);
  if (name === undefined) return undefined;
  const before = colon === -1 ? '' : key.slice(0, colon);
  const [, base = before, scope = ''] = /^(.*):(@[^:/\s]+)$/.exec(before) ?? [];
  if (base !== '' && !base.includes('//')) return undefined;
  return { name, isSpelledRight: name === written, base, scope: scope === '' ? '' : `${scope}:` };
}

/**
 * Returns the `//host/path/` by which npm finds the credentials of a registry: its folder, which is its parent if it has no
 * slash at the end. Undefined for anything but a URL.
 */
export function registryKey(registry: string): string | undefined {
  const key = registry.includes('${') ? undefined : canonicalUrl(registry)?.credentialKey;
  return key?.slice(0, key.lastIndexOf('/') + 1);
}
