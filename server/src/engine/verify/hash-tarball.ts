import type { TarballResult } from '../../core/know/proof/tarball-result.ts';
import type { TarballRequest } from '../../core/know/registry/access/tarball-request.ts';
import type { Unavailable } from '../../core/know/registry/documents/fact.ts';
import type { Credential } from '../../core/read/config/npm/npm-config.ts';
import type { AbortSignalLike, HttpPort, HttpResult } from '../ports.ts';
import type { ProofPort } from '../registry/proof-port.ts';

/** The algorithms in use by registries and lockfiles. */
const ALGORITHMS = ['sha512', 'sha384', 'sha256', 'sha1', 'md5'];
const MAX_BYTES = 256 * 1024 * 1024;
/** Large files arrive slowly; the whole download may take six times as long. */
const TIMEOUT_MS = 15_000;

/**
 * Downloads a version's tarball and keeps only its size and hashes.
 *
 * @param receive called when the file begins, again on each retry, for a function that gets its bytes
 */
export async function hashTarball(
  request: TarballRequest,
  { http, proofs }: { readonly http: HttpPort | undefined; readonly proofs?: ProofPort | undefined },
  signal: AbortSignalLike | undefined,
  receive?: () => (chunk: Uint8Array) => void,
): Promise<TarballResult> {
  if (!request.allowed) return unknown(request);
  if (http === undefined) return unknown({ reason: 'offline', detail: 'offline' });
  if (proofs === undefined) return unknown({ reason: 'not-provided', detail: 'nothing here can hash it' });
  let hasher = proofs.hasher(ALGORITHMS);
  let size = 0;
  const result = await http.get({
    url: request.url,
    headers: { accept: '*/*', ...authorization(request.credential) },
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    transport: request.transport,
    staysOnHost: request.redirectHosts !== undefined,
    redirectHosts: request.redirectHosts,
    credentialBase: request.credentialBase,
    signal,
    // A body may begin again after a retry.
    receiveBytes() {
      hasher = proofs.hasher(ALGORITHMS);
      size = 0;
      const take = receive?.();
      return (chunk) => {
        take?.(chunk);
        size += chunk.length;
        hasher.update(chunk);
      };
    },
  });
  const why = failureOf(result);
  return why === undefined ? { type: 'hashed', size, digests: hasher.digests() } : unknown(why);
}

function authorization(credential: Credential | undefined): Readonly<Record<string, string>> {
  if (credential === undefined) return {};
  return {
    authorization:
      credential.type === 'bearer' ? `Bearer ${credential.token}` : `Basic ${credential.encoded}`,
  };
}

function failureOf(result: HttpResult): Unavailable | undefined {
  switch (result.type) {
    case 'answer':
      if (result.status === 200) return undefined;
      return result.status === 401 || result.status === 403
        ? { reason: 'no-access', detail: 'the registry gives no access to it' }
        : { reason: 'failed', detail: `the registry answered with status ${result.status}` };
    case 'too-large':
      return { reason: 'failed', detail: 'it is larger than 256 MB' };
    case 'timeout':
      return {
        reason: 'failed',
        detail: `the registry ${result.detail ?? `timed out after ${TIMEOUT_MS / 1000} s`}`,
      };
    case 'cancelled':
      return { reason: 'failed', detail: 'it was cancelled' };
    case 'failed':
      return result.unreachable === true
        ? { reason: 'unreachable', detail: 'the registry cannot be reached' }
        : { reason: 'failed', detail: `the registry ${result.detail}` };
  }
}

function unknown({ reason, detail }: Unavailable): TarballResult {
  return { type: 'unknown', why: { reason, detail } };
}

/** Collects the bytes of a body, which may begin again after a retry. */
export function byteCollector(): {
  readonly receive: () => (chunk: Uint8Array) => void;
  bytes(): Uint8Array;
} {
  let chunks: Uint8Array[] = [];
  return {
    receive() {
      chunks = [];
      return (chunk) => chunks.push(chunk);
    },
    bytes() {
      const all = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const chunk of chunks) {
        all.set(chunk, at);
        at += chunk.length;
      }
      return all;
    },
  };
}
