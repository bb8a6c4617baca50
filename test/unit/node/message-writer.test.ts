import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { StreamMessages } from '../../../server/src/node/message-writer.ts';

/** A stream that keeps what is given to it in one go as one text, and fails where it is told to. */
class Pipe extends Writable {
  readonly written: string[] = [];
  failure: Error | undefined;

  override _writev(chunks: { readonly chunk: Buffer }[], done: (error?: Error) => void): void {
    this.written.push(Buffer.concat(chunks.map(({ chunk }) => chunk)).toString('utf8'));
    done(this.failure);
  }
}

test('a message is written with its header in one go, and messages in their order', async () => {
  const pipe = new Pipe();
  const writer = new StreamMessages(pipe);
  const item = { range: {}, message: 'ä' };
  const long = { jsonrpc: '2.0', params: { diagnostics: Array.from({ length: 50 }, () => item) } };
  const short = { jsonrpc: '2.0', method: 'exit' };
  await Promise.all([writer.write(long), writer.write(short)]);
  const framed = (message: object) => {
    const text = JSON.stringify(message);
    return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
  };
  assert.deepEqual(pipe.written, [framed(long), framed(short)]);
});

test('a stream that fails, and what is no JSON, are errors of the writer and of the message', async () => {
  const pipe = new Pipe();
  const writer = new StreamMessages(pipe);
  const errors: string[] = [];
  writer.onError(([error]) => errors.push(error.message));
  const loop: { jsonrpc: string; self?: object } = { jsonrpc: '2.0' };
  loop.self = loop;
  await assert.rejects(writer.write(loop), TypeError);
  pipe.failure = new Error('EPIPE');
  await assert.rejects(writer.write({ jsonrpc: '2.0' }), /EPIPE/);
  assert.equal(errors.length, 3, errors.join('\n'));
  assert.match(errors[0]!, /circular/i);
});
