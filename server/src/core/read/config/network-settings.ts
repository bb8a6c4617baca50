import type { SettingSource } from './setting-source.ts';

/** A setting for how requests travel, with its source. */
export interface NetworkSetting {
  readonly value: string;
  readonly source: SettingSource;
}

/** How requests to one URL travel. A setting that is not configured is undefined. */
export interface NetworkSettings {
  /** The proxy for the scheme of the URL. `false` for none at all. */
  readonly proxy: NetworkSetting | undefined;
  readonly noProxy: NetworkSetting | undefined;
  /** Certificate authorities in PEM, and a file with more. */
  readonly ca: NetworkSetting | undefined;
  readonly cafile: NetworkSetting | undefined;
  /** Client certificate and key for this host only. */
  readonly client: { readonly certfile: NetworkSetting; readonly keyfile: NetworkSetting } | undefined;
  /** `false` if certificates are not checked. */
  readonly strictSsl: NetworkSetting | undefined;
  /** The same, from the user and the machine only. */
  readonly strictSslOfUser: NetworkSetting | undefined;
}

/** Checks whether a project file sets it. */
export function isOfProject({ source }: NetworkSetting): boolean {
  return (source.type === 'file' || source.type === 'config') && source.level === 'project';
}

/**
 * Checks whether a proxy, a certificate authority or a client certificate is in use that only a project file names: the
 * author of that file may be able to read the traffic. Going without a proxy does not count.
 */
export function isConnectionOfProject(settings: NetworkSettings, ofUser: NetworkSettings): boolean {
  const { proxy, ca, cafile, client } = settings;
  const isOnlyOfProject = (setting: NetworkSetting | undefined, own: NetworkSetting | undefined) =>
    setting !== undefined && isOfProject(setting) && setting.value !== own?.value;
  return (
    (proxy?.value !== 'false' && isOnlyOfProject(proxy, ofUser.proxy)) ||
    isOnlyOfProject(ca, ofUser.ca) ||
    // The same relative path resolves to another file.
    (cafile !== undefined && isOfProject(cafile)) ||
    (client !== undefined && (isOfProject(client.certfile) || isOfProject(client.keyfile)))
  );
}

/** Returns the settings of `first`, and those of `second` where `first` has none. */
export function networkOr(first: Partial<NetworkSettings>, second: NetworkSettings): NetworkSettings {
  return {
    proxy: first.proxy ?? second.proxy,
    noProxy: first.noProxy ?? second.noProxy,
    ca: first.ca ?? second.ca,
    cafile: first.cafile ?? second.cafile,
    client: first.client ?? second.client,
    strictSsl: first.strictSsl ?? second.strictSsl,
    strictSslOfUser: first.strictSslOfUser ?? second.strictSslOfUser,
  };
}
