import type { SettingSource } from './setting-source.ts';

/** A setting of how requests travel, and whose word it is. */
export interface NetworkSetting {
  readonly value: string;
  readonly source: SettingSource;
}

/** What the configuration says of how requests to one address travel. Each undefined where it says nothing. */
export interface NetworkSettings {
  /** For the scheme of the address. `false` for none at all. */
  readonly proxy: NetworkSetting | undefined;
  readonly noProxy: NetworkSetting | undefined;
  /** Certificate authorities in PEM, and a file of them. */
  readonly ca: NetworkSetting | undefined;
  readonly cafile: NetworkSetting | undefined;
  /** Files that prove to this host, and to no other, who asks. */
  readonly client: { readonly certfile: NetworkSetting; readonly keyfile: NetworkSetting } | undefined;
  /** `false` where certificates are not to be checked. */
  readonly strictSsl: NetworkSetting | undefined;
  /** The same, of what the user and the machine say. */
  readonly strictSslOfUser: NetworkSetting | undefined;
}

/** Whether a file of the project says so. */
export function isOfProject({ source }: NetworkSetting): boolean {
  return (source.type === 'file' || source.type === 'config') && source.level === 'project';
}

/**
 * Tells whether a proxy, a certificate authority or a client certificate is in use that only a file of the project names:
 * whoever wrote that file may read what travels there. Doing without a proxy is no such thing.
 */
export function isConnectionOfProject(settings: NetworkSettings, ofUser: NetworkSettings): boolean {
  const { proxy, ca, cafile, client } = settings;
  const isOnlyOfProject = (setting: NetworkSetting | undefined, own: NetworkSetting | undefined) =>
    setting !== undefined && isOfProject(setting) && setting.value !== own?.value;
  return (
    (proxy?.value !== 'false' && isOnlyOfProject(proxy, ofUser.proxy)) ||
    isOnlyOfProject(ca, ofUser.ca) ||
    // The same relative path leads to another file.
    (cafile !== undefined && isOfProject(cafile)) ||
    (client !== undefined && (isOfProject(client.certfile) || isOfProject(client.keyfile)))
  );
}

/** What `first` says, and where it says nothing, what `second` does. */
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
