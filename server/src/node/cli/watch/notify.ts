import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseJson } from '../../../core/know/registry/documents/document-kind.ts';
import { asObject, asText, member } from '../../../core/know/registry/documents/json-value.ts';
import type { HttpPort } from '../../../engine/ports.ts';
import { isPathWithin } from '../../files/is-path-within.ts';
import { WrongUse } from '../exit-code.ts';
import { readGiven } from '../given/read-given.ts';

/** Where news is sent. */
export interface Webhook {
  readonly url: string;
  /** Shown instead of the URL, whose path is often a secret. */
  readonly host: string;
}

const TIMEOUT_MS = 15_000;
const MAX_ANSWER = 64 * 1024;
const LONGEST_URL = 2048;

/**
 * Reads the webhook in the file of `--notify`. Throws `WrongUse` for a file inside of the watched repository: a workspace
 * must not decide where its news, or a request, is sent.
 */
export async function webhookOf(typed: string | undefined, repository: string): Promise<Webhook | undefined> {
  if (typed === undefined) return undefined;
  const path = resolve(typed);
  const option = `--notify ${typed}`;
  const bytes = await readGiven(option, path, 'a JSON file with your webhook');
  if (isPathWithin(await realpath(repository), await realpath(path)))
    throw new WrongUse(`${option} is inside of the watched repository; keep it in your own folder.`);
  const given = asText(member(asObject(parseJson(bytes.toString())), 'webhook'), LONGEST_URL);
  const url = given !== undefined && URL.canParse(given) ? new URL(given) : undefined;
  const isLocal = url?.hostname === 'localhost' || url?.hostname === '127.0.0.1' || url?.hostname === '[::1]';
  if (url === undefined || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLocal)))
    throw new WrongUse(`${option} has no "webhook" with an https URL; write { "webhook": "https://..." }.`);
  return { url: url.href, host: url.host };
}

/** Sends a report to the webhook as JSON. Returns why it did not arrive, as a clause without the URL's path. */
export async function sendNews(
  { url, host }: Webhook,
  json: string,
  http: HttpPort | undefined,
): Promise<string | undefined> {
  const result = await http?.post?.({
    ...{ url, json, packed: false, headers: { accept: '*/*' }, staysOnHost: true, signal: undefined },
    ...{ timeoutMs: TIMEOUT_MS, maxBytes: MAX_ANSWER },
  });
  switch (result?.type) {
    case 'answer':
      return result.status >= 200 && result.status < 300
        ? undefined
        : `${host} answered with ${result.status}`;
    case 'too-large':
      return undefined;
    case 'failed':
      return `${host} ${result.detail}`;
    case 'timeout':
      return `${host} timed out`;
    default:
      return 'nothing can be sent';
  }
}
