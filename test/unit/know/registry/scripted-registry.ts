import type {
  CachePort,
  CacheRecord,
  ClockPort,
  HttpRequest,
  HttpResult,
} from '../../../../server/src/engine/ports.ts';
import type { DocumentRequest } from '../../../../server/src/engine/registry/document-request.ts';
import { createRegistryClient } from '../../../../server/src/engine/registry/registry-client.ts';
import { samplePackument } from './sample-packument.ts';

export const REGISTRY = 'https://registry.public.example.test/';
export const START = Date.parse('2026-11-24T12:00:00Z');
export const [MINUTE, HOUR] = [60_000, 3_600_000];

export function asking(name = 'left-pad', more: Partial<DocumentRequest> = {}): DocumentRequest {
  return { registry: { url: REGISTRY }, credential: undefined, name, permission: { allowed: true }, ...more };
}

/** Creates a store over a scripted registry, a clock that a test advances, and timers that are only recorded. */
export function setUp(
  answer: (request: HttpRequest, count: number) => HttpResult | Promise<HttpResult>,
  cache?: CachePort,
) {
  const requests: HttpRequest[] = [];
  const waits: number[] = [];
  let now = START;
  const clock: ClockPort = {
    now: () => now,
    wait: async (milliseconds) => {
      waits.push(milliseconds);
    },
  };
  const http = {
    get: async (request: HttpRequest) => {
      requests.push(request);
      return answer(request, requests.length);
    },
  };
  const { packuments, tryAgain } = createRegistryClient({ http, cache, clock });
  return { packuments, tryAgain, requests, waits, pass: (milliseconds: number) => (now += milliseconds) };
}

export function answerWith(
  status: number,
  headers: Record<string, string> = {},
  body: unknown = '',
): HttpResult {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { type: 'answer', status, headers: new Map(Object.entries(headers)), body: text };
}

export const found = (name = 'left-pad', headers: Record<string, string> = {}) =>
  answerWith(200, { etag: '"1"', ...headers }, samplePackument(name));

export function memoryCache(): CachePort & {
  readonly records: Map<string, CacheRecord>;
  readonly writes: string[];
} {
  const records = new Map<string, CacheRecord>();
  const writes: string[] = [];
  return {
    records,
    writes,
    read: async (key) => records.get(key),
    async write(key, record) {
      writes.push(key);
      records.set(key, record);
    },
    async confirm(key, asOf) {
      const known = records.get(key);
      if (known !== undefined) records.set(key, { ...known, asOf });
    },
  };
}
