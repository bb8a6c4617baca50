import type { Transport } from '../../core/know/registry/access/transport.ts';
import type { HttpResult } from '../../engine/ports.ts';

/** Codes of a missing network: no route, or no name resolution. */
const UNREACHABLE = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
]);

const NO_AUTHORITY =
  'has a certificate of an authority that is not trusted here (cafile, or httpsCaFilePath for Yarn, can name it)';

/** Certificate errors by code, in words. */
const CERTIFICATES: ReadonlyMap<string, string> = new Map([
  ['DEPTH_ZERO_SELF_SIGNED_CERT', NO_AUTHORITY],
  ['SELF_SIGNED_CERT_IN_CHAIN', NO_AUTHORITY],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', NO_AUTHORITY],
  ['UNABLE_TO_GET_ISSUER_CERT', NO_AUTHORITY],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', NO_AUTHORITY],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'has a certificate for another host'],
  ['CERT_HAS_EXPIRED', 'has a certificate that has expired, by the clock of this machine'],
  ['CERT_NOT_YET_VALID', 'has a certificate that is not valid yet, by the clock of this machine'],
]);

/** Other failures by the beginnings of their codes, in words. */
const OTHERS: readonly (readonly [code: RegExp, words: string])[] = [
  [/TIMEOUT|TIMEDOUT/, 'timed out'],
  [/^Z_|^ERR__ERROR/, 'sent something that cannot be unpacked'],
  [/^HPE_|^UND_ERR_(?:RES|HEADERS|RESPONSE)/, 'answered with something other than HTTP'],
  [/^ERR_SSL|^ERR_TLS|^EPROTO/, 'failed the TLS handshake'],
];

/**
 * Returns the failure as a clause about the registry, based on codes alone: neither an error's text nor its
 * code is shown.
 */
export function failureOf(error: unknown, transport: Transport | undefined): HttpResult {
  const codes = codesOf(error);
  const certificate = codes.find((each) => CERTIFICATES.has(each));
  if (certificate !== undefined) return failed(describeCertificate(certificate, transport));
  const through = isProxied(transport) ? ' through the configured proxy' : '';
  if (codes.some((each) => UNREACHABLE.has(each))) {
    return { type: 'failed', detail: `cannot be reached${through}`, unreachable: true };
  }
  if (codes.includes('ECONNREFUSED')) {
    return failed(through === '' ? 'refused the connection' : `cannot be reached${through}`);
  }
  const words = OTHERS.find(([code]) => codes.some((each) => code.test(each)))?.[1];
  return failed(`${words ?? 'broke off the connection'}${through}`);
}

function describeCertificate(code: string, transport: Transport | undefined): string {
  const ignored =
    transport?.laxnessIgnored === true
      ? "; the project's setting that switches this check off is ignored"
      : '';
  return `${CERTIFICATES.get(code)}${ignored}`;
}

function isProxied(transport: Transport | undefined): boolean {
  return transport?.proxy !== undefined && transport.proxy !== '';
}

function failed(detail: string): HttpResult {
  return { type: 'failed', detail };
}

/** Returns the codes of the error, its cause, and each address that was tried. */
function codesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const tried = error instanceof AggregateError ? error.errors.flatMap(codesOf) : [];
  return [...own, ...tried, ...codesOf(error.cause)];
}
