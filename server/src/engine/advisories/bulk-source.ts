import {
  type BulkAdvisory,
  bulkToRecord,
  readBulkAdvisories,
  readBulkAnswer,
} from '../../core/know/advisory/bulk/bulk-answer.ts';
import { type BulkRequest, bulkRequests, bulkUrl } from '../../core/know/advisory/bulk/bulk-request.ts';
import { registryBase } from '../../core/know/registry/access/packument-url.ts';
import type { Transport } from '../../core/know/registry/access/transport.ts';
import { MEGABYTE, MINUTE, parseJson } from '../../core/know/registry/documents/document-kind.ts';
import type { Credential } from '../../core/read/config/npm/npm-config.ts';
import type { CachePort, ClockPort, HttpResult } from '../ports.ts';
import { isAborted } from '../registry/abort-source.ts';
import { credentialText } from '../registry/credential-text.ts';
import type { Outgoing } from '../registry/outgoing.ts';
import { freshness } from '../registry/registry-answer.ts';
import { httpFailure } from './http-failure.ts';
import { type AskLive, createLiveAnswers, type LiveAnswers, type LiveFailure } from './live-answers.ts';

/** A registry and its transport. */
export interface BulkPlace {
  readonly registry: string;
  readonly transport: Transport | undefined;
}

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 32 * MEGABYTE;
const FRESH = { fresh: { floor: 60 * MINUTE, ceiling: 6 * 60 * MINUTE } };
/** Statuses by which a registry says that it has no bulk endpoint. */
const UNSUPPORTED = new Set([404, 405, 410, 501]);
const NO_ADVISORIES = 'the registry does not offer advisories';

/** Creates the store of answers from a registry's bulk endpoint. */
export function createBulkAnswers(
  { registry, transport }: BulkPlace,
  { cache, clock }: { readonly cache: CachePort | undefined; readonly clock: ClockPort },
): LiveAnswers<BulkAdvisory> {
  return createLiveAnswers({
    key: bulkKey({ registry, transport }),
    cache,
    clock,
    unsupported: NO_ADVISORIES,
    toRecord: bulkToRecord,
    fromRecord: readBulkAdvisories,
  });
}

/**
 * Returns the cache key. Answers received over another transport, which a project file may set, have a key of their
 * own.
 */
export function bulkKey({ registry, transport }: BulkPlace): string {
  const parts = ['advisories', registryBase(registry) ?? registry, transport?.ofProject];
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}

/**
 * Returns a function that asks a registry's bulk endpoint. The first request goes alone, so that a registry without the
 * endpoint gets only one. The names are meant for this registry: redirects to another host are not followed.
 */
export function askBulk(
  { registry, transport }: BulkPlace,
  credential: Credential | undefined,
  { outgoing, clock }: { readonly outgoing: Outgoing; readonly clock: ClockPort },
): AskLive<BulkAdvisory> {
  const url = bulkUrl(registry);
  return async (packages, take, signal) => {
    if (url === undefined) return failedUntil(clock, 'the registry has no usable URL');
    const send = async ({ names, json }: BulkRequest): Promise<LiveFailure | undefined> => {
      const result = await outgoing.send({
        url,
        json,
        packed: true,
        headers: {
          accept: 'application/json',
          ...(credential === undefined ? {} : { authorization: credentialText(credential) }),
        },
        timeoutMs: TIMEOUT_MS,
        maxBytes: MAX_BYTES,
        transport,
        staysOnHost: true,
        credentialBase: registry,
        signal,
      });
      return read(result, names);
    };
    const read = (result: HttpResult, names: readonly string[]): LiveFailure | undefined => {
      if (result.type !== 'answer' || result.status !== 200) {
        if (result.type === 'answer' && UNSUPPORTED.has(result.status)) return unsupported(clock);
        return httpFailure(
          result,
          { who: 'the registry', hasCredential: credential !== undefined, timeoutMs: TIMEOUT_MS },
          clock,
        );
      }
      if (isPage(result)) return failedUntil(clock, PAGE);
      const known = readBulkAnswer(parseJson(result.body), names);
      if (known === undefined) return failedUntil(clock, UNREADABLE);
      const freshMs = freshness(result.headers.get('cache-control'), FRESH);
      take(new Map([...known].map(([name, said]) => [name, { said, freshMs }])));
      return known.size === names.length ? undefined : failedUntil(clock, UNREADABLE);
    };
    const [first, ...others] = bulkRequests(packages);
    if (first === undefined) return undefined;
    const failure = await send(first);
    if (failure !== undefined || isAborted(signal)) return failure;
    return (await Promise.all(others.map(send))).find((each) => each !== undefined);
  };
}

/** A login page, a proxy or a captive portal, which says nothing about the advisories behind it. */
const PAGE = 'the registry answered with a web page, such as a login or proxy page';
const UNREADABLE = 'the registry sent an unreadable response';

/** Checks whether an HTML page was sent in place of an answer. */
function isPage({ headers, body }: HttpResult & { readonly type: 'answer' }): boolean {
  return headers.get('content-type')?.includes('html') === true || /^\s*</.test(body.slice(0, 100));
}

function unsupported(clock: ClockPort): LiveFailure {
  return { state: 'unsupported', detail: NO_ADVISORIES, until: clock.now() };
}

function failedUntil(clock: ClockPort, detail: string): LiveFailure {
  return { state: 'failed', detail, until: clock.now() + MINUTE };
}
