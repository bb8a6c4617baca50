import { credentialKeys } from '../npm/find-credential.ts';
import type { Credential, NpmConfig } from '../npm/npm-config.ts';

/**
 * The token that `//host/:@scope:_authToken` holds for packages of one scope: pnpm sends it, since version 11.7, before
 * the one that is for all of the host.
 */
export function scopedToken(
  npm: NpmConfig,
  url: string,
  scope: string,
  trusted: boolean,
): Credential | undefined {
  for (const key of credentialKeys(url)) {
    const setting = npm.get(`${key}:${scope}:_authToken`);
    if (setting === undefined || setting.value === '' || setting.value.includes('${')) continue;
    const { source } = setting;
    if (!trusted && source.type === 'file' && source.level === 'project') continue;
    return { type: 'bearer', token: setting.value };
  }
  return undefined;
}
