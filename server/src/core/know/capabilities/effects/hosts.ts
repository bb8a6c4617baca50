import { GAP } from '../value/value.ts';

/** Hosts at which anybody can collect what is sent to them, or keep what is fetched from them. */
const COLLECTOR =
  /(?:^|\.)(?:webhook\.site|ngrok(?:-free)?\.(?:io|app|dev)|pipedream\.net|requestbin\.\w+|oast\.\w+|interact\.sh|burpcollaborator\.net|oastify\.com|dnslog\.cn|canarytokens\.com|requestcatcher\.com|beeceptor\.com|hookbin\.com|pastebin\.com|paste\.ee|hastebin\.com|transfer\.sh|file\.io|jsonkeeper\.com|npoint\.io|mocky\.io|rentry\.co|ghostbin\.\w+|anonfiles\.com|gofile\.io|store\d?\.gofile\.io|catbox\.moe|bashupload\.com|0x0\.st|discord\.com|discordapp\.com|api\.telegram\.org|trycloudflare\.com|serveo\.net|localtunnel\.me|loca\.lt|duckdns\.org|no-ip\.\w+|ddns\.net)$/i;
const PLACE =
  /(?:^|\.)(?:ipinfo\.io|ip-api\.com|ipgeolocation\.io|ipify\.org|ipapi\.co|ifconfig\.me|icanhazip\.com|freegeoip\.\w+|geojs\.io|ipwho\.is|ip\.sb|myip\.com|checkip\.amazonaws\.com|ipecho\.net|geoplugin\.net|whatismyip\w*\.\w+|ip2location\.io|ipdata\.co)$/i;
const METADATA = /^(?:169\.254\.169\.254|169\.254\.170\.2|metadata\.google\.internal|100\.100\.100\.200)$/;

const NONE: readonly string[] = [];

/** Returns the hosts of URLs in a text. */
export function hostsIn(text: string): readonly string[] {
  if (!text.includes('://')) return NONE;
  const found: string[] = [];
  for (const [, host] of text.matchAll(
    /\b(?:https?|wss?|tcp|stratum\+tcp|ftp):\/\/(?:[^\s/@"']*@)?(\[[\da-f:]+\]|[\w.-]+)/gi,
  ))
    if (host !== undefined && !host.includes(GAP)) found.push(host.toLowerCase());
  return found;
}

/** What names of packages have besides that of the service. */
const KIND_OF_PACKAGE = /[-.](?:js|node|browser|web|sdk|cli|react)$/;
const SHORTEST_NAME = 5;

/** Checks for a host of the service that a package is named after: `assets.acme.com` of `acme-js` or `@acme/web`. */
export function isOwnHost(host: string, ownName: string | undefined): boolean {
  const label = host.split('.').at(-2) ?? '';
  if (ownName === undefined || label.length < SHORTEST_NAME || hostKind(host) !== undefined) return false;
  const [scope, name = scope] = ownName.replace(/^@/, '').split('/');
  return label === scope || label === name || label === name?.replace(KIND_OF_PACKAGE, '');
}

/** Endings of files that are no top-level domains: `sh`, `zip`, `py` and `rs` are some. */
const FILE =
  /\.(?:wasm|[cm]?jsx?|jsonc?|css|html?|txt|xml|ya?ml|png|jpe?g|gif|svg|woff2?|ttf|map|bin|exe|dll|node)$/i;

/** Checks whether a text is only the name of a host. */
export function isHost(text: string): boolean {
  if (FILE.test(text)) return false;
  return /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}$/i.test(text) || isAddress(text);
}

function isAddress(host: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host);
}

const LOCAL =
  /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|0\.0\.0\.0|169\.254\.|8\.8\.|1\.1\.1\.1|1\.0\.0\.1|255\.|224\.|239\.)/;

export type HostKind = 'collector' | 'place' | 'metadata' | 'number';

/** Returns what is special about a host. */
export function hostKind(host: string): HostKind | undefined {
  if (METADATA.test(host)) return 'metadata';
  if (isAddress(host)) return LOCAL.test(host) ? undefined : 'number';
  if (PLACE.test(host)) return 'place';
  return COLLECTOR.test(host) ? 'collector' : undefined;
}

/** Checks whether a URL of a host that also has other uses is one to collect data with. */
export function isCollectorUrl(text: string): boolean {
  if (/discord(?:app)?\.com/i.test(text))
    return /discord(?:app)?\.com\/api(?:\/v\d+)?\/webhooks\/\d/i.test(text);
  if (/api\.telegram\.org/i.test(text)) return /api\.telegram\.org\/bot\d/i.test(text);
  return true;
}
