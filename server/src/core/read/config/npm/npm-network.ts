import { parseWebAddress } from '../../text/paths/web-address.ts';
import type { NetworkSetting, NetworkSettings } from '../network-settings.ts';
import { findClientCertificate } from './find-credential.ts';
import type { Setting } from './npm-config.ts';

type LookUp = (key: string) => Setting | undefined;

/**
 * npm's settings for an address: `proxy`, `https-proxy`, `noproxy`, `ca`, `cafile`, `strict-ssl`, and the `certfile` and
 * `keyfile` that are written for it. `setting` looks at all levels that are believed, `ofUser` at those but the project's.
 */
export function npmNetwork(
  url: string,
  { setting, ofUser }: { readonly setting: LookUp; readonly ofUser: LookUp },
): NetworkSettings {
  const isHttps = parseWebAddress(url)?.scheme === 'https';
  const [own, other] = isHttps ? ['https-proxy', 'proxy'] : ['proxy', 'https-proxy'];
  return {
    proxy: given(setting(own!)) ?? given(setting(other!)),
    noProxy: given(setting('noproxy')),
    ca: given(setting('ca')),
    cafile: given(setting('cafile')),
    client: findClientCertificate(url, setting),
    strictSsl: given(setting('strict-ssl')),
    strictSslOfUser: given(ofUser('strict-ssl')),
  };
}

/** A setting that says something: npm takes `null` and nothing at all for the same. */
function given(setting: NetworkSetting | undefined): NetworkSetting | undefined {
  if (setting === undefined || setting.value === '' || setting.value === 'null') return undefined;
  return setting.value.includes('${') ? undefined : setting;
}
