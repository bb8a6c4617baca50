import { parseJson } from '../../core/know/registry/documents/document-kind.ts';
import { asObject, member } from '../../core/know/registry/documents/json-value.ts';
import type { ClockPort, HttpRequest, HttpResult } from '../ports.ts';
import { createAbortSource } from './abort-source.ts';
import type { Outgoing } from './outgoing.ts';

/** The service's limit for one request. */
const MAX_NAMES = 128;
/** Requests within this time are sent together. */
const GATHER_MS = 20;

interface Question {
  readonly name: string;
  readonly request: HttpRequest;
  readonly answer: (result: HttpResult) => void;
}

/**
 * Combines requests for the download counts of single packages as far as the service allows: unscoped names, separated
 * by commas. Each receives the response that it would have received alone.
 */
export function createDownloadBatches(outgoing: Outgoing, clock: ClockPort): Outgoing {
  const waiting = new Map<string, Question[]>();

  const flush = (base: string): void => {
    const questions = waiting.get(base) ?? [];
    waiting.delete(base);
    for (let at = 0; at < questions.length; at += MAX_NAMES) {
      void sendTogether(outgoing, base, questions.slice(at, at + MAX_NAMES));
    }
  };
  return {
    tryAgain: () => outgoing.tryAgain(),
    send(request) {
      const slash = request.url.lastIndexOf('/') + 1;
      const [base, name] = [request.url.slice(0, slash), request.url.slice(slash)];
      const isScoped = base.lastIndexOf('@') > base.indexOf('/downloads/');
      if (isScoped || clock.wait === undefined) return outgoing.send(request);
      return new Promise((answer) => {
        const questions = waiting.get(base) ?? [];
        questions.push({ name, request, answer });
        waiting.set(base, questions);
        if (questions.length === 1) void clock.wait!(GATHER_MS, undefined).then(() => flush(base));
      });
    },
  };
}

async function sendTogether(outgoing: Outgoing, base: string, questions: readonly Question[]): Promise<void> {
  const wanted = questions.filter(({ request, answer }) => {
    if (request.signal?.aborted !== true) return true;
    answer({ type: 'cancelled' });
    return false;
  });
  const [first] = wanted;
  if (first === undefined) return;
  if (wanted.length === 1) return first.answer(await outgoing.send(first.request));
  // If one asker leaves, the others still need the response.
  const { receive: _, ...shared } = first.request;
  const { signal } = createAbortSource();
  const url = base + wanted.map(({ name }) => name).join(',');
  const result = await outgoing.send({ ...shared, url, signal });
  const counts =
    result.type === 'answer' && result.status === 200 ? asObject(parseJson(result.body)) : undefined;
  for (const { name, answer } of wanted)
    answer(counts === undefined ? result : answerOf(member(counts, name)));
}

/** Returns the response for one name. Among several names, one without a count is `null`; alone, it would be a 404. */
function answerOf(count: unknown): HttpResult {
  const status = asObject(count) === undefined ? 404 : 200;
  return { type: 'answer', status, headers: new Map(), body: status === 200 ? JSON.stringify(count) : '' };
}
