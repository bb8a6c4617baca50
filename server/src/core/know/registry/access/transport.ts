import {
  isOfProject,
  type NetworkSetting,
  type NetworkSettings,
} from '../../../read/config/network-settings.ts';
import type { NpmConfig } from '../../../read/config/npm/npm-config.ts';
import type { Uri } from '../../../read/text/paths/uri.ts';
import { redactUserinfo } from '../../../read/text/paths/web-address.ts';

/** A file as a setting names it: absolute, below the user's home with `~/`, or beside the file that says so. */
export interface NamedFile {
  readonly path: string;
  readonly beside: Uri | undefined;
}

/** How requests to one registry travel, where the configuration says more than the environment. */
export interface Transport {
  /** Undefined where the environment decides; empty for none. */
  readonly proxy: string | undefined;
  readonly noProxy: string | undefined;
  /** Certificate authorities instead of the platform's, in PEM. */
  readonly ca: string | undefined;
  readonly cafile: NamedFile | undefined;
  /** What proves to this registry, and to no other host, who asks. */
  readonly client: { readonly certfile: NamedFile; readonly keyfile: NamedFile } | undefined;
  readonly strictSsl: boolean;
  /** Whether a file of the project switches the check of certificates off, which is not obeyed. */
  readonly laxnessIgnored: boolean;
  /**
   * What of this a file of the project says, without passwords; empty for none. What was learned over it is kept apart,
   * so that no project decides what others believe.
   */
  readonly ofProject: string;
}

/** How requests to an address travel. Undefined where the environment alone says so. */
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

/** The same for another host, to which nobody's certificate was promised. */
export function withoutClient(transport: Transport | undefined): Transport | undefined {
  return transport?.client === undefined ? transport : { ...transport, client: undefined };
}

/** Only the user, and not the project, may give up that a registry proves who it is. */
function strictness({
  strictSsl,
  strictSslOfUser,
}: NetworkSettings): Pick<Transport, 'strictSsl' | 'laxnessIgnored'> {
  if (strictSsl?.value !== 'false') return { strictSsl: true, laxnessIgnored: false };
  const isLax = !isOfProject(strictSsl) || strictSslOfUser?.value === 'false';
  return { strictSsl: !isLax, laxnessIgnored: !isLax };
}

/** Two projects may name files of their own by the same path. */
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
