import type { ServerResponse } from 'node:http';

/** A registry's misbehavior in place of a response. */
export type Fault =
  /** Breaks the connection before the first byte of a response. */
  | { readonly type: 'reset' }
  /** Responds correctly, but with this delay. */
  | { readonly type: 'slow'; readonly ms: number }
  /** Never responds. */
  | { readonly type: 'silent' }
  /** Breaks the connection in the middle of a correct response. */
  | { readonly type: 'half' }
  /** A correct response with another status, which a client that only reads the body would accept. */
  | { readonly type: 'status'; readonly status: number; readonly retryAfter?: string }
  /** 200, and an HTML page. */
  | { readonly type: 'html' }
  /** 200 and `application/json`, but invalid JSON. */
  | { readonly type: 'wrong-json' }
  /** 200 and JSON of another form. */
  | { readonly type: 'json'; readonly value: unknown }
  /** The correct document under another package's name. */
  | { readonly type: 'wrong-name'; readonly name: string }
  /** A correct document with this many bytes of readme. */
  | { readonly type: 'huge'; readonly bytes: number }
  | { readonly type: 'redirect-loop' }
  /** The same path at another URL. */
  | { readonly type: 'redirect'; readonly to: string };

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Returns the response modified by the fault, or undefined if it wrote to the connection itself, or never will. */
export async function faulty(
  fault: Fault,
  answer: Answer,
  path: string,
  response: ServerResponse,
): Promise<Answer | undefined> {
  const json = { 'content-type': 'application/json' };
  const make = (status: number, headers: Readonly<Record<string, string>>, body: string): Answer => ({
    status,
    headers,
    body: Buffer.from(body),
  });
  const changed = (change: object): Answer =>
    make(200, json, JSON.stringify({ ...(JSON.parse(answer.body.toString()) as object), ...change }));
  switch (fault.type) {
    case 'reset':
      response.destroy();
      return undefined;
    case 'slow':
      await waitUnlessClosed(fault.ms, response);
      return answer;
    case 'silent':
      return undefined;
    case 'half':
      response.writeHead(200, { ...answer.headers, 'content-length': String(answer.body.length) });
      response.write(answer.body.subarray(0, answer.body.length / 2), () => response.destroy());
      return undefined;
    case 'status': {
      const retry: Record<string, string> =
        fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter };
      return { status: fault.status, headers: { ...json, ...retry }, body: answer.body };
    }
    case 'html':
      return make(
        200,
        { 'content-type': 'text/html' },
        '<!doctype html><title>Sign in</title><p>Sign in.</p>',
      );
    case 'wrong-json':
      return make(200, json, answer.body.toString().slice(0, -1));
    case 'json':
      return make(200, json, JSON.stringify(fault.value));
    case 'wrong-name':
      return changed({ name: fault.name });
    case 'huge':
      return changed({ readme: 'x'.repeat(fault.bytes) });
    case 'redirect-loop':
      return make(302, { location: path }, '');
    case 'redirect':
      return make(302, { location: fault.to.replace(/\/$/, '') + path }, '');
  }
}

function waitUnlessClosed(ms: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    response.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
