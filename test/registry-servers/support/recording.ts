import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** A request as received by a server. */
export interface SeenRequest {
  readonly method: string;
  /** The `Host` header; for `CONNECT` the requested host. */
  readonly host: string;
  /** As sent, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Decompressed. */
  readonly body: string;
}

export interface Recording {
  readonly requests: readonly SeenRequest[];
}

export async function seenRequest(message: IncomingMessage): Promise<SeenRequest> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) headers[name] = String(value);
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const body = headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
  return {
    method: message.method ?? '',
    host: headers.host ?? '',
    path: message.url ?? '',
    headers,
    body: body.toString(),
  };
}

/** Returns the labels of the servers that received a text in any part of any request, in any encoding. */
export function hearersOf(text: string, servers: Readonly<Record<string, Recording>>): readonly string[] {
  return Object.entries(servers)
    .filter(([, { requests }]) => requests.some((request) => holds(request, text)))
    .map(([label]) => label);
}

function holds(request: SeenRequest, text: string): boolean {
  return readingsOf(request).includes(text.toLowerCase());
}

/** Returns everything readable in any part of a request, in any encoding, in lower case and one per line. */
export function readingsOf(request: SeenRequest): string {
  const sent = [
    request.method,
    request.host,
    request.path,
    request.body,
    ...Object.entries(request.headers).flat(),
  ];
  return sent.flatMap(readings).join('\n').toLowerCase();
}

/** Returns a text as it is, without percent encoding, and each long enough word decoded from base64. */
function readings(part: string): readonly string[] {
  const words = part.match(/[A-Za-z0-9+/_-]{8,}={0,2}/g) ?? [];
  return [part, percentDecoded(part), ...words.map((word) => Buffer.from(word, 'base64').toString())];
}

function percentDecoded(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
}
