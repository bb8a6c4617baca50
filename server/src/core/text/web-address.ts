import { remember } from './remember.ts';

/** The parts of an absolute web or git address, as written (nothing decoded, host lower-cased). */
export interface WebAddress {
  /** Without the colon: `https`, `git+ssh`. */
  readonly scheme: string;
  /** `user:password` before the `@`, or undefined. */
  readonly userinfo: string | undefined;
  readonly host: string;
  readonly port: string | undefined;
  /** From the first `/` to the end, query and fragment included. */
  readonly rest: string;
}

/**
 * Splits `scheme://[user@]host[:port]/rest`. Undefined for anything else. Core has no `URL` class, as it knows no
 * platform; no component is normalised, so that what is shown is what was written. Of http and https addresses the
 * host is the one that package managers would ask (WHATWG URL): any number of slashes before it, a backslash counts
 * as one, tabs and line ends count for nothing.
 */
export function parseWebAddress(text: string): WebAddress | undefined {
  const web = /^(https?):[\\/\t\n\r]*/i.exec(text);
  const colon = web === null ? text.indexOf('://') : web[1]!.length;
  if (colon <= 0) return undefined;
  const scheme = text.slice(0, colon).toLowerCase();
  for (let at = 0; at < scheme.length; at++) {
    const code = scheme.charCodeAt(at);
    const letter = code >= 97 && code <= 122;
    const later = at > 0 && ((code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46);
    if (!letter && !later) return undefined;
  }
  const from = web === null ? colon + 3 : web[0].length;
  const ends = web === null ? '/?#' : '/?#\\';
  let end = from;
  while (end < text.length && !ends.includes(text[end]!)) end++;
  const written = text.slice(from, end);
  const authority = web === null ? written : written.replace(/[\t\n\r]/g, '');
  const at = authority.lastIndexOf('@');
  const hostAndPort = authority.slice(at + 1);
  const bracket = hostAndPort.startsWith('[') ? hostAndPort.indexOf(']') : -1;
  const portColon = hostAndPort.indexOf(':', bracket + 1);
  const host = portColon === -1 ? hostAndPort : hostAndPort.slice(0, portColon);
  if (host === '' || /\s/.test(host)) return undefined;
  return {
    scheme,
    userinfo: at === -1 ? undefined : authority.slice(0, at),
    host: host.toLowerCase(),
    port: portColon === -1 ? undefined : hostAndPort.slice(portColon + 1),
    rest: text.slice(end),
  };
}

/** `host` or `host:port`, with the scheme's own port left out, for comparing and for messages. */
export function hostAndPort(address: WebAddress): string {
  const { scheme, host, port } = address;
  const implied =
    port === undefined ||
    port === '' ||
    port === (scheme === 'https' ? '443' : scheme === 'http' ? '80' : '');
  return implied ? host : `${host}:${port}`;
}

/** Whether both are addresses of one host and port. */
export function isSameHost(a: string, b: string): boolean {
  const host = hostOf(a);
  return host !== '' && host === hostOf(b);
}

/** Host and port, empty where the text is no address. Asked of the same few registries for each package. */
const hostOf = remember(100, (text) => {
  const address = parseWebAddress(text);
  return address === undefined ? '' : hostAndPort(address);
});

/** Whether the address names this machine (RFC 6761 `localhost`, RFC 1122 loopback, container hosts of it). */
export function isLoopback(address: WebAddress): boolean {
  const { host } = address;
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    host === 'host.docker.internal' ||
    /^127(?:\.\d{1,3}){3}$/.test(host)
  );
}

/** The text with any `user:password@` of its addresses replaced, for messages and logs. */
export function redactUserinfo(text: string): string {
  return text.replace(/(:\/\/)[^\s/?#@]{1,2000}@/g, '$1***@');
}
