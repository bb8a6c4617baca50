import { remember } from '../remember.ts';
import { canonicalUrl } from './canonical-url.ts';

/** The parts of an absolute web or git URL. */
export interface WebUrl {
  /** Without the colon: `https`, `git+ssh`. */
  readonly scheme: string;
  /** `user:password` before the `@`, as written, or undefined. */
  readonly userinfo: string | undefined;
  /** Canonical for http and https, otherwise as written in lower case. */
  readonly host: string;
  /** Undefined for the default of the scheme. */
  readonly port: string | undefined;
  /** From the first `/` to the end as written, including query and fragment. */
  readonly rest: string;
}

/**
 * Splits `scheme://[user@]host[:port]/rest`. Undefined for anything else. For http and https URLs the host and port are
 * those that package managers would request (`canonicalUrl`); the rest stays as written, for messages and edits: to
 * compare, use `canonicalUrl`.
 */
export function parseWebUrl(text: string): WebUrl | undefined {
  const plain = PLAIN_START.exec(text);
  if (plain !== null) {
    const [start, scheme, host] = plain;
    return {
      scheme: scheme!,
      userinfo: undefined,
      host: host!,
      port: undefined,
      rest: text.slice(start.length),
    };
  }
  return /^[\0-\x20]*h[\t\n\r]*t[\t\n\r]*t[\t\n\r]*p[\t\n\r]*s?[\t\n\r]*:/i.test(text)
    ? parseHttp(text)
    : parseOther(text);
}

/**
 * The usual start: a host in lower case whose last label is not a number, with nothing before it and no port after it.
 */
const PLAIN_START = /^(https?):\/\/(?![^/]*xn--)((?:[a-z\d_-]+\.)*[a-z_-][a-z\d_-]*)(?=\/(?![\\/])|$)/;

function parseHttp(text: string): WebUrl | undefined {
  const canonical = canonicalUrl(text);
  if (canonical === undefined) return undefined;
  // Any number of slashes of either kind precedes the host.
  const from = /^[^:]*:[\\/\t\n\r]*/.exec(text)![0].length;
  const length = text.slice(from).search(/[\\/?#]/);
  const end = length === -1 ? text.length : from + length;
  const authority = text.slice(from, end).replace(/[\t\n\r]/g, '');
  const at = authority.lastIndexOf('@');
  return {
    scheme: canonical.scheme,
    userinfo: at === -1 ? undefined : authority.slice(0, at),
    host: canonical.host,
    port: canonical.port === '' ? undefined : canonical.port,
    rest: text.slice(end),
  };
}

function parseOther(text: string): WebUrl | undefined {
  const colon = text.indexOf('://');
  if (colon <= 0) return undefined;
  const scheme = text.slice(0, colon).toLowerCase();
  if (!/^[a-z][a-z\d+-]*$/.test(scheme)) return undefined;
  const from = colon + 3;
  const length = text.slice(from).search(/[/?#]/);
  const end = length === -1 ? text.length : from + length;
  const authority = text.slice(from, end);
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

/** Formats `host` or `host:port`, for comparing and for messages. */
export function hostAndPort({ host, port }: Pick<WebUrl, 'host' | 'port'>): string {
  const implied = port === undefined || port === '';
  return implied ? host : `${host}:${port}`;
}

/** Checks whether both are URLs with one host and port. */
export function isSameHost(a: string, b: string): boolean {
  const host = hostOf(a);
  return host !== '' && host === hostOf(b);
}

/** Host and port, empty if the text is not a URL. Called for the same few registries with each package. */
const hostOf = remember(100, (text) => {
  const address = parseWebUrl(text);
  return address === undefined ? '' : hostAndPort(address);
});

/** Checks whether the URL names this machine (RFC 6761 `localhost`, RFC 1122 loopback, container hosts of it). */
export function isLoopback(address: Pick<WebUrl, 'host'>): boolean {
  const { host } = address;
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    host === '[::]' ||
    host === '0.0.0.0' ||
    /^\[::ffff:7f[\da-f]{2}:/.test(host) ||
    host === 'host.docker.internal' ||
    /^127(?:\.\d{1,3}){3}$/.test(host)
  );
}

/** Replaces any `user:password@` in URLs of the text, for messages and logs. */
export function redactUserinfo(text: string): string {
  return text.replace(/(:\/\/)[^\s/?#@]{1,2000}@/g, '$1***@');
}
