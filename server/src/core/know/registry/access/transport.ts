import {
  isOfProject,
  type NetworkSetting,
  type NetworkSettings,
} from '../../../read/config/network-settings.ts';
import type { NpmConfig } from '../../../read/config/npm/npm-config.ts';
import type { Uri } from '../../../read/text/paths/uri.ts';
import { redactUserinfo } from '../../../read/text/paths/web-url.ts';

/** A file named by a setting: absolute, below the user's home with `~/`, or relative to the configuration file. */
export interface NamedFile {
  readonly path: string;
  readonly beside: Uri | undefined;
}

/** How requests to one registry travel, if the configuration adds anything to the environment. */
export interface Transport {
  /** Undefined if the environment decides; empty for none. */
  readonly proxy: string | undefined;
  readonly noProxy: string | undefined;
  /** Certificate authorities instead of the platform's, in PEM. */
  readonly ca: string | undefined;
  readonly cafile: NamedFile | undefined;
  /** The client certificate for this registry and no other host. */
  readonly client: { readonly certfile: NamedFile; readonly keyfile: NamedFile } | undefined;
  readonly strictSsl: boolean;
  /** Whether a project file disables certificate checks, which is ignored. */
  readonly laxnessIgnored: boolean;
  /**
   * The part that a project file sets, without passwords; empty for none. Data fetched over it is cached separately, so
   * that no project decides what others trust.
   */
  readonly ofProject: string;
}

/** Returns how requests to a URL travel. Undefined if the environment alone decides. */
export function transportFor(config: Pick<NpmConfig, 'network'>, url: string): Transport | undefined {
  const settings = config.network(url);
  const { proxy, noProxy, ca, cafile, client } = settings;
  const { strictSsl, laxnessIgnored } = strictness(settings);
  const used = { proxy, noProxy, ca, cafile, ...client };
  if (strictSsl && !laxnessIgnored && Object.values(used).every((setting) => setting === undefined)) {
    return undefined;
  }
  return {
    proxy: proxy?.value === 'false' ? '' : proxy?.value,
    noProxy: noProxy?.value,
    ca: ca?.value,
    cafile: cafile && fileOf(cafile),
    client: client && { certfile: fileOf(client.certfile), keyfile: fileOf(client.keyfile) },
    strictSsl,
    laxnessIgnored,
    ofProject: wordsOfProject(used),
  };
}

/** Returns the same for another host, for which the client certificate is not intended. */
export function withoutClient(transport: Transport | undefined): Transport | undefined {
  return transport?.client === undefined ? transport : { ...transport, client: undefined };
}

/** Only the user, not the project, may disable the authentication of a registry. */
function strictness({
  strictSsl,
  strictSslOfUser,
}: NetworkSettings): Pick<Transport, 'strictSsl' | 'laxnessIgnored'> {
  if (strictSsl?.value !== 'false') return { strictSsl: true, laxnessIgnored: false };
  const isLax = !isOfProject(strictSsl) || strictSslOfUser?.value === 'false';
  return { strictSsl: !isLax, laxnessIgnored: !isLax };
}

/** Includes the location, because two projects may name files of their own by the same path. */
function wordsOfProject(used: Readonly<Record<string, NetworkSetting | undefined>>): string {
  const said = Object.entries(used).flatMap(([key, setting]) => {
    if (setting === undefined || !isOfProject(setting)) return [];
    const isFile = key.endsWith('file');
    return [[key, setting.value, ...(isFile ? [fileOf(setting).beside] : [])]];
  });
  return said.length === 0 ? '' : redactUserinfo(JSON.stringify(said));
}

function fileOf({ value, source }: NetworkSetting): NamedFile {
  return { path: value, beside: source.type === 'file' || source.type === 'config' ? source.uri : undefined };
}
