import { type OsvHit, readOsvHits } from '../../core/know/advisory/osv/osv-hit.ts';
import {
  type OsvQuery,
  osvBatches,
  osvQueryBody,
  readOsvBatch,
  slimRecord,
} from '../../core/know/advisory/osv/osv-query.ts';
import type { Transport } from '../../core/know/registry/access/transport.ts';
import { MEGABYTE, MINUTE, parseJson } from '../../core/know/registry/documents/document-kind.ts';
import type { JsonObject } from '../../core/know/registry/documents/json-value.ts';
import { groupBy } from '../../core/read/text/group-by.ts';
import type { CachePort, ClockPort, HttpPost, HttpRequest } from '../ports.ts';
import { isAborted } from '../registry/abort-source.ts';
import type { Outgoing } from '../registry/outgoing.ts';
import { httpFailure } from './http-failure.ts';
import { type AskLive, createLiveAnswers, type LiveAnswers, type LiveFailure } from './live-answers.ts';

/** OSV's service, or one like it, and its transport. */
export interface OsvPlace {
  /** With a trailing slash. */
  readonly api: string;
  readonly transport: Transport | undefined;
}

const TIMEOUT_MS = 10_000;
const MAX_ANSWER = 32 * MEGABYTE;
const MAX_RECORD = 4 * MEGABYTE;
const FRESH_MS = 6 * 60 * MINUTE;
/** No version has this many pages of records: more would be an endless loop. */
const MOST_PAGES = 20;

/** Creates the store of answers from OSV's service. */
export function createOsvAnswers(
  place: OsvPlace,
  { cache, clock }: { readonly cache: CachePort | undefined; readonly clock: ClockPort },
): LiveAnswers<OsvHit> {
  return createLiveAnswers({
    key: osvKey(place),
    cache,
    clock,
    unsupported: 'OSV does not support such requests',
    toRecord: (hit) => hit,
    fromRecord: readOsvHits,
  });
}

export function osvKey({ api, transport }: OsvPlace): string {
  const parts = ['osv', api, transport?.ofProject];
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}

/** Thrown when an answer is incomplete. */
class Unanswered extends Error {
  readonly failure: LiveFailure | undefined;

  constructor(failure: LiveFailure | undefined) {
    super();
    this.failure = failure;
  }
}

/**
 * Returns a function that queries OSV's service: first for the ids of the records about each version, then for each
 * record.
 */
export function askOsv(
  { api, transport }: OsvPlace,
  { outgoing, clock }: { readonly outgoing: Outgoing; readonly clock: ClockPort },
): AskLive<OsvHit> {
  return async (packages, take, signal) => {
    const common = {
      headers: { accept: 'application/json' },
      ...{ timeoutMs: TIMEOUT_MS, transport, staysOnHost: true, signal },
    };
    const send = async (request: HttpRequest | HttpPost): Promise<unknown> => {
      const result = await outgoing.send(request);
      if (result.type === 'answer' && result.status === 200) return parseJson(result.body);
      const asked = { who: 'OSV', hasCredential: false, timeoutMs: TIMEOUT_MS };
      throw new Unanswered(httpFailure(result, asked, clock));
    };
    const query = async (queries: readonly OsvQuery[]): Promise<ReadonlyMap<OsvQuery, readonly string[]>> => {
      const ids = new Map<OsvQuery, readonly string[]>();
      let left = queries.map((first) => ({ first, query: first }));
      for (let page = 0; left.length > 0; page++) {
        if (page === MOST_PAGES) throw new Unanswered(unreadable(clock));
        const json = osvQueryBody(left.map((each) => each.query));
        const url = `${api}v1/querybatch`;
        const answer = await send({ ...common, url, json, packed: false, maxBytes: MAX_ANSWER });
        const answers = readOsvBatch(answer, left.length);
        if (answers === undefined) throw new Unanswered(unreadable(clock));
        left = left.flatMap(({ first }, at) => {
          const reported = answers[at]!;
          ids.set(first, [...(ids.get(first) ?? []), ...reported.ids]);
          return reported.nextPage === undefined
            ? []
            : [{ first, query: { ...first, page: reported.nextPage } }];
        });
      }
      return ids;
    };
    const records = new Map<string, Promise<unknown>>();
    const recordOf = async (id: string, name: string): Promise<JsonObject> => {
      const url = `${api}v1/vulns/${encodeURIComponent(id)}`;
      const asked = records.get(id) ?? send({ ...common, url, maxBytes: MAX_RECORD });
      records.set(id, asked);
      const record = slimRecord(await asked, id, name);
      if (record === undefined) throw new Unanswered(unreadable(clock));
      return record;
    };
    const hitsOf = async (
      name: string,
      reported: readonly (readonly [version: string, ids: readonly string[]])[],
    ) => {
      const ids = [...new Set(reported.flatMap(([, each]) => each))];
      const versionsOf = (id: string) =>
        reported.filter(([, each]) => each.includes(id)).map(([version]) => version);
      const hits = ids.map(async (id) => ({ versions: versionsOf(id), record: await recordOf(id, name) }));
      return [name, await Promise.all(hits)] as const;
    };
    try {
      for (const batch of osvBatches(packages)) {
        if (isAborted(signal)) return undefined;
        const reported = groupBy(await query(batch), ([{ name }]) => name);
        const hits = [...reported].map(([name, each]) =>
          hitsOf(
            name,
            each.map(([{ version }, ids]) => [version, ids] as const),
          ),
        );
        take(new Map((await Promise.all(hits)).map(([name, said]) => [name, { said, freshMs: FRESH_MS }])));
      }
      return undefined;
    } catch (error) {
      if (error instanceof Unanswered) return error.failure;
      throw error;
    }
  };
}

function unreadable(clock: ClockPort): LiveFailure {
  const detail = 'OSV sent an unreadable response';
  return { state: 'failed', detail, until: clock.now() + MINUTE };
}
