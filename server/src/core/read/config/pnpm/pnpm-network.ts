import { parseWebUrl } from '../../text/paths/web-url.ts';
import { writtenSetting } from '../network-line.ts';
import type { NetworkSetting, NetworkSettings } from '../network-settings.ts';
import type { PnpmWorkspace } from './pnpm-workspace.ts';

/** Returns the settings of pnpm-workspace.yaml, which has npm's settings in camel case and no client certificates. */
export function pnpmNetwork(url: string, file: PnpmWorkspace): Partial<NetworkSettings> {
  const place = { uri: file.uri, text: file.text, level: 'project' as const };
  const at = (key: string): NetworkSetting | undefined =>
    writtenSetting(place, file.setting(key)?.value, (text) => text);
  const isHttps = parseWebUrl(url)?.scheme === 'https';
  const ofHttps = at('httpsProxy') ?? at('proxy');
  return {
    proxy: isHttps ? ofHttps : (at('httpProxy') ?? ofHttps),
    noProxy: at('noProxy') ?? at('noproxy'),
    ca: at('ca'),
    cafile: at('cafile'),
    strictSsl: at('strictSsl'),
  };
}
