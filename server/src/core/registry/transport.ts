import { credentialKeys } from '../config/npm/find-credential.ts';
import type { NpmConfig, Npmrc, Setting } from '../config/npm/npm-config.ts';
import type { Uri } from '../text/uri.ts';
import { parseWebAddress, redactUserinfo } from '../text/web-address.ts';

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

/**
 * The settings of npm's configuration for an address: `proxy`, `https-proxy`, `noproxy`, `ca`, `cafile`, `strict-ssl`, and
 * the `certfile` and `keyfile` that are written for it. Undefined where there is none of them.
 */
export function transportFor(config: NpmConfig, url: string): Transport | undefined {
  const isHttps = parseWebAddress(url)?.scheme === 'https';
  const [own, other] = isHttps ? ['https-proxy', 'proxy'] : ['proxy', 'https-proxy'];
  const proxy = given(config, own!) ?? given(config, other!);
  const noProxy = given(config, 'noproxy');
  const ca = given(config, 'ca');
  const cafile = given(config, 'cafile');
  const client = clientCertificate(config, url);
  const { strictSsl, laxnessIgnored } = strictness(config);
  const used = [proxy, noProxy, ca, cafile, ...(client ?? [])];
  if (strictSsl && !laxnessIgnored && used.every((setting) => setting === undefined)) return undefined;
  const ofProject = used.filter((setting) => setting !== undefined && isOfProject(setting));
  return {
    proxy: proxy?.value === 'false' ? '' : proxy?.value,
    noProxy: noProxy?.value,
    ca: ca?.value,
    cafile: cafile && fileOf(cafile),
    client: client && { certfile: fileOf(client[0]), keyfile: fileOf(client[1]) },
    strictSsl,
    laxnessIgnored,
    ofProject:
      ofProject.length === 0
        ? ''
        : redactUserinfo(JSON.stringify(ofProject.map((setting) => [setting!.entry?.key, setting!.value]))),
  };
}

/** The same for another host, to which nobody's certificate was promised. */
export function withoutClient(transport: Transport | undefined): Transport | undefined {
  return transport?.client === undefined ? transport : { ...transport, client: undefined };
}

/** A setting that says something: npm takes `null` and nothing at all for the same. */
function given(config: NpmConfig, key: string): Setting | undefined {
  const setting = config.get(key);
  if (setting === undefined || setting.value === '' || setting.value === 'null') return undefined;
  return setting.value.includes('${') ? undefined : setting;
}

function clientCertificate(config: NpmConfig, url: string): readonly [Setting, Setting] | undefined {
  for (const key of credentialKeys(url)) {
    const [certfile, keyfile] = [given(config, `${key}:certfile`), given(config, `${key}:keyfile`)];
    if (certfile !== undefined && keyfile !== undefined) return [certfile, keyfile];
  }
  return undefined;
}

/** Only the user, and not the project, may give up that a registry proves who it is. */
function strictness(config: NpmConfig): Pick<Transport, 'strictSsl' | 'laxnessIgnored'> {
  const setting = config.get('strict-ssl');
  if (setting === undefined || setting.value !== 'false') return { strictSsl: true, laxnessIgnored: false };
  if (!isOfProject(setting)) return { strictSsl: false, laxnessIgnored: false };
  const behind = lastOf(config.user, 'strict-ssl') ?? lastOf(config.global, 'strict-ssl');
  return { strictSsl: behind !== 'false', laxnessIgnored: behind !== 'false' };
}

function lastOf(file: Npmrc | undefined, key: string): string | undefined {
  return file?.entries.findLast((entry) => entry.key === key && !entry.list)?.value;
}

function isOfProject({ source }: Setting): boolean {
  return (source.type === 'file' || source.type === 'config') && source.level === 'project';
}

function fileOf({ value, source }: Setting): NamedFile {
  return { path: value, beside: source.type === 'file' || source.type === 'config' ? source.uri : undefined };
}
