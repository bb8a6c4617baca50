import { isSameHost } from '../text/paths/web-url.ts';
import { isConnectionOfProject } from './network-settings.ts';
import type { FoundCredential, NpmConfig } from './npm/npm-config.ts';

export interface CredentialSources extends Pick<NpmConfig, 'registryFor' | 'network'> {
  readonly foundCredential: NpmConfig['foundCredential'];
}

/**
 * Decides which configured credentials may be sent. A credential from a project file goes only to the host of the
 * registry that serves the package. The user's own credentials, and values of environment variables, never travel over
 * a proxy or to a certificate authority that only the project names.
 */
export function guardedCredentials({
  foundCredential,
  registryFor,
  network,
}: CredentialSources): Pick<NpmConfig, 'credentialFor' | 'withholdsCredential'> {
  const atHome = (url: string, name: string | undefined): FoundCredential | undefined => {
    const found = foundCredential(url, name);
    if (found?.ofProject !== true || name === undefined) return found;
    return isSameHost(registryFor(name).url, url) ? found : undefined;
  };
  const isWithheld = (url: string, found: FoundCredential | undefined): boolean =>
    found?.ofUser === true && isConnectionOfProject(network(url), network(url, { ofUser: true }));
  return {
    credentialFor(url, name) {
      const found = atHome(url, name);
      return isWithheld(url, found) ? undefined : found?.credential;
    },
    withholdsCredential: (url, name) => isWithheld(url, atHome(url, name)),
  };
}
