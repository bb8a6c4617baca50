import { isAtOrBelow } from '../../../read/config/address-below.ts';
import type { Credential } from '../../../read/config/npm/npm-config.ts';
import type { Project } from '../../../read/project/project.ts';
import { hostAndPort, isLoopback, isSameHost, parseWebUrl } from '../../../read/text/paths/web-url.ts';
import type { Unavailable } from '../documents/fact.ts';
import { askingProject } from './asking-project.ts';
import { CREDENTIAL_WITHHELD, NEW_CREDENTIAL } from './may-ask.ts';
import { type Transport, transportFor } from './transport.ts';

/** How to fetch a version's file. */
export type TarballRequest =
  | {
      readonly allowed: true;
      readonly url: string;
      readonly credential: Credential | undefined;
      /** The base URL at and below which it may be sent. */
      readonly credentialBase: string;
      readonly transport: Transport | undefined;
      /** Hosts that a redirect may lead to besides its own; undefined for any. The URL contains a private name. */
      readonly redirectHosts: readonly string[] | undefined;
    }
  | ({ readonly allowed: false } & Unavailable);

/**
 * Decides whether a version's file may be fetched from the URL in its registry's document. That URL is untrusted: it
 * must not lead a private name to a public host, nor us to this machine, to a host that nobody configured, or away from
 * https. Whether the name may be sent to the registry is checked earlier.
 */
export function tarballRequest(project: Project, name: string, tarball: string | undefined): TarballRequest {
  const { npmConfig, policy } = askingProject(project);
  const registry = npmConfig.registryFor(name).url;
  if (tarball === undefined) return denied('not-provided', 'the registry gives no URL for it');
  const [address, from] = [parseWebUrl(tarball), parseWebUrl(registry)];
  const isWeb = address?.scheme === 'https' || (address?.scheme === 'http' && from?.scheme === 'http');
  if (address === undefined || from === undefined || !isWeb || address.userinfo !== undefined) {
    return denied('failed', 'the registry gives a URL for it that is not allowed');
  }
  const isOwn = isSameHost(tarball, registry);
  const isOpen = npmConfig.isOpen(tarball);
  const isPrivate = !npmConfig.isOpen(registry);
  if (!isOwn && isOpen && isPrivate) {
    return denied('private', `it is on ${hostAndPort(address)}, which does not get a private name`);
  }
  const isNamed = policy.allowedHosts.some((host) => host === hostAndPort(address) || host === address.host);
  const isMirrored = policy.mirrors.some((mirror) => isAtOrBelow(mirror, tarball));
  if (
    !(isOwn || npmConfig.isPublic(tarball) || isNamed || isMirrored) ||
    (isLoopback(address) && !isLoopback(from))
  ) {
    return denied('failed', `it is on another host, ${hostAndPort(address)}, which is not asked`);
  }
  if (npmConfig.hasNewCredential?.(tarball, name) === true) return denied('new-since-base', NEW_CREDENTIAL);
  if (npmConfig.withholdsCredential(tarball, name)) return denied('failed', CREDENTIAL_WITHHELD);
  return {
    allowed: true,
    url: tarball,
    credential: npmConfig.credentialFor(tarball, name),
    credentialBase: isAtOrBelow(registry, tarball) ? registry : tarball,
    transport: transportFor(npmConfig, tarball),
    redirectHosts: isPrivate ? policy.allowedHosts : undefined,
  };
}

function denied(reason: Unavailable['reason'], detail: string): TarballRequest {
  return { allowed: false, reason, detail };
}
