import { canonicalUrl } from '../text/paths/canonical-url.ts';
import type { NetworkSetting } from './network-settings.ts';
import { isOfProject } from './network-settings.ts';
import type { Credential, NpmConfig, RegistryChoice } from './npm/npm-config.ts';

export interface BaseRegistries {
  /** The user's configuration combined with the project's files of the base. */
  readonly base: NpmConfig;
  /** The user's own configuration alone. */
  readonly user: NpmConfig;
}

/**
 * Restricts the configuration of a change under review to what the base commit or the user names as well. No package
 * name is sent to a registry, or over a proxy or certificate authority, that is new. A credential of a project file
 * that differs from the base's for the same URL is not sent, so that a change cannot send an environment variable to a
 * host.
 */
export function withBaseRegistries(config: NpmConfig, { base, user }: BaseRegistries): NpmConfig {
  const judged = (choice: RegistryChoice, name: string): RegistryChoice =>
    isNamed(choice, name) && !travelsOtherwise(choice.url) ? choice : { ...choice, isNewSinceBase: true };

  const isNamed = (choice: RegistryChoice, name: string): boolean => {
    const before = base.registryFor(name);
    if (isSameUrl(before.url, choice.url)) return true;
    const own = user.registryFor(name);
    if (own.source.type !== 'default' && isSameUrl(own.url, choice.url)) return true;
    if (isDowngrade(before.url, choice.url)) return false;
    const { isOpen, isPublic } = config.withoutMirrors;
    // A package served by a private registry is not requested from an open one, even if other packages are.
    if (isOpen(choice.url)) return isPublic(choice.url) && isPublic(before.url);
    return (
      isSameUrl(base.registryFor('a').url, choice.url) ||
      base.foundCredential(choice.url, name) !== undefined ||
      user.foundCredential(choice.url, name) !== undefined
    );
  };

  const travelsOtherwise = (url: string): boolean => {
    const [now, before] = [config.network(url), base.network(url)];
    const isNew = (setting: NetworkSetting | undefined, earlier: NetworkSetting | undefined) =>
      setting !== undefined && isOfProject(setting) && setting.value !== earlier?.value;
    return (
      (now.proxy?.value !== 'false' && isNew(now.proxy, before.proxy)) ||
      isNew(now.ca, before.ca) ||
      isNew(now.cafile, before.cafile) ||
      isNew(now.client?.certfile, before.client?.certfile) ||
      isNew(now.client?.keyfile, before.client?.keyfile) ||
      (now.strictSsl?.value === 'false' && isNew(now.strictSsl, before.strictSsl))
    );
  };

  /** Checks whether a file of the change names a credential for the URL that the base does not. */
  const isNewCredential = (url: string, name: string | undefined): boolean => {
    const found = config.foundCredential(url, name);
    return (
      found?.ofProject === true &&
      !isSameCredential(base.foundCredential(url, name)?.credential, found.credential)
    );
  };

  return {
    ...config,
    registryFor: (name) => judged(config.registryFor(name), name),
    scopeMapping(scope) {
      const choice = config.scopeMapping(scope);
      return choice && judged(choice, `${scope}/a`);
    },
    credentialFor: (url, name) => (isNewCredential(url, name) ? undefined : config.credentialFor(url, name)),
    withholdsCredential: (url, name) => !isNewCredential(url, name) && config.withholdsCredential(url, name),
    hasNewCredential: isNewCredential,
  };
}

function isSameUrl(a: string, b: string): boolean {
  const href = canonicalUrl(a)?.href;
  return href !== undefined && href === canonicalUrl(b)?.href;
}

/** Checks whether the same host is now contacted without encryption. */
function isDowngrade(before: string, now: string): boolean {
  const [a, b] = [canonicalUrl(before), canonicalUrl(now)];
  return a?.host === b?.host && a?.scheme === 'https' && b?.scheme === 'http';
}

function isSameCredential(a: Credential | undefined, b: Credential): boolean {
  if (a?.type === 'bearer' && b.type === 'bearer') return a.token === b.token;
  return a?.type === 'basic' && b.type === 'basic' && a.encoded === b.encoded;
}
