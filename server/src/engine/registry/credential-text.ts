import type { Credential } from '../../core/read/config/npm/npm-config.ts';

/** Returns the value of the `Authorization` header; empty without a credential. */
export function credentialText(credential: Credential | undefined): string {
  if (credential === undefined) return '';
  return credential.type === 'bearer' ? `Bearer ${credential.token}` : `Basic ${credential.encoded}`;
}
