import { parseWebUrl } from '../../text/paths/web-url.ts';
import type { NetworkSetting, NetworkSettings } from '../network-settings.ts';
import { findClientCertificate } from './find-credential.ts';
import type { Setting } from './npm-config.ts';

type LookUp = (key: string) => Setting | undefined;

/**
 * Returns npm's settings for a URL: `proxy`, `https-proxy`, `noproxy`, `ca`, `cafile`, `strict-ssl`, and the `certfile`
 * and `keyfile` configured for it. `setting` looks at all trusted levels, `ofUser` at all but the project's.
 */
export function npmNetwork(
  url: string,
  { setting, ofUser }: { readonly setting: LookUp; readonly ofUser: LookUp },
): NetworkSettings {
  const isHttps = parseWebUrl(url)?.scheme === 'https';
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

/** Drops a setting without effect: npm treats `null` and an empty value alike. */
function given(setting: NetworkSetting | undefined): NetworkSetting | undefined {
  if (setting === undefined || setting.value === '' || setting.value === 'null') return undefined;
  return setting.value.includes('${') ? undefined : setting;
}
