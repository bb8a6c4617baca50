import type { DocumentKind, DocumentReader } from '../../core/know/registry/documents/document-kind.ts';
import type { Unavailable } from '../../core/know/registry/documents/fact.ts';
import type { Credential } from '../../core/read/config/npm/npm-config.ts';
import type { AbortSignalLike, ClockPort, HttpResult } from '../ports.ts';
import { credentialText } from './credential-text.ts';
import type { DocumentCache } from './document-cache.ts';
import { type DocumentEntry, isFor } from './document-entries.ts';
import type { DocumentRequest, OtherSource } from './document-request.ts';
import type { Outgoing } from './outgoing.ts';
import { readAnswer } from './registry-answer.ts';

/** How documents of one kind are asked for. */
export interface RegistryQuestions<T> {
  readonly kind: DocumentKind<T>;
  readonly outgoing: Outgoing;
  readonly clock: ClockPort;
  readonly stored: DocumentCache<T>;
  readonly other: OtherSource<T> | undefined;
}

const TIMEOUT_MS = 10_000;
const MINUTE = 60 * 1000;

/** Asks for a document and puts the answer, or the failure, into its entry. A cancelled request changes nothing. */
export async function askRegistry<T>(
  questions: RegistryQuestions<T>,
  entry: DocumentEntry<T>,
  request: DocumentRequest,
  signal: AbortSignalLike,
): Promise<void> {
  const { kind, clock, stored, other } = questions;
  const { credential } = request;
  const found = await other?.(request);
  if (signal.aborted) return;
  if (found !== undefined) {
    const known = { ...found, freshMs: kind.fresh.floor, etag: undefined, authenticated: false };
    stored.store(entry, known, undefined);
    entry.failure = undefined;
    entry.credential = credentialText(credential);
    return;
  }
  const before = isFor(entry, credential) ? entry.known : undefined;
  const { result, reader } = await send(questions, request, before?.value && before.etag, signal);
  const now = clock.now();
  const context = { kind, subject: request, now, before, credential, timeoutMs: TIMEOUT_MS };
  const answer = readAnswer(result, reader, context);
  if (answer.type === 'cancelled') return;
  if (answer.type === 'unavailable') {
    const { why } = answer;
    if (why.reason === 'no-access' || !isFor(entry, credential)) entry.known = undefined;
    entry.failure = { ...why, until: now + quietTime(why) };
  } else {
    stored.store(entry, answer.known, before);
    entry.failure = undefined;
  }
  entry.credential = credentialText(credential);
}

async function send<T>(
  { kind, outgoing, clock }: RegistryQuestions<T>,
  request: DocumentRequest,
  etag: string | undefined,
  signal: AbortSignalLike,
): Promise<{ readonly result: HttpResult; readonly reader: DocumentReader<T> }> {
  let reader: DocumentReader<T> | undefined;
  const result = await outgoing.send({
    url: kind.url(request.registry.url, request)!,
    headers: headersOf(kind.accept, request.credential, etag),
    timeoutMs: TIMEOUT_MS,
    maxBytes: kind.maxBytes,
    transport: request.transport,
    staysOnHost: request.isPrivate,
    credentialBase: request.registry.url,
    signal,
    receive() {
      reader = kind.reader(request, clock.now());
      return reader.write;
    },
  });
  return { result, reader: reader ?? kind.reader(request, clock.now()) };
}

function headersOf(
  accept: string,
  credential: Credential | undefined,
  etag: string | undefined,
): Record<string, string> {
  return {
    accept,
    ...(credential === undefined ? {} : { authorization: credentialText(credential) }),
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
  };
}

/** How long a failure is repeated without asking again, so that no hover and no keystroke hammers a registry. */
function quietTime({ reason }: Unavailable): number {
  if (reason === 'no-access') return 5 * MINUTE;
  return reason === 'unreachable' ? MINUTE / 6 : MINUTE;
}
