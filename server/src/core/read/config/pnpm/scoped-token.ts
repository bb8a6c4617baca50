import { credentialKeys, isCredentialValue } from '../npm/find-credential.ts';
import type { FoundCredential, NpmConfig } from '../npm/npm-config.ts';

/**
 * Returns the token from `//host/:@scope:_authToken` for packages of one scope: since version 11.7, pnpm prefers it to
 * the token for the whole host.
 */
export function scopedToken(
  npm: NpmConfig,
  url: string,
  scope: string,
  trusted: boolean,
): FoundCredential | undefined {
  for (const key of credentialKeys(url)) {
    const setting = npm.get(`${key}:${scope}:_authToken`);
    if (setting === undefined || !isCredentialValue(setting.value)) continue;
    const { source, entry, value } = setting;
    const ofProject = source.type === 'file' && source.level === 'project';
    if (!trusted && ofProject) continue;
    const hasVariable = entry !== undefined && entry.value.trim() !== value;
    return { credential: { type: 'bearer', token: value }, ofProject, ofUser: !ofProject || hasVariable };
  }
  return undefined;
}
