import type { Writable } from 'node:stream';
import { AbstractMessageWriter, type Message, type MessageWriter } from 'vscode-languageserver/node';
import { createMessageJson } from './message-json.ts';

/** Writes each message with its header in one go, where the library's own writer takes two and wakes the client twice. */
export class StreamMessages extends AbstractMessageWriter implements MessageWriter {
  readonly #stream: Writable;
  readonly #json = createMessageJson();
  #failures = 0;

  constructor(stream: Writable) {
    super();
    this.#stream = stream;
    stream.on('error', (error) => this.fireError(error));
    stream.on('close', () => this.fireClose());
  }

  /** Rejects if the message cannot be written in JSON, or the stream fails. */
  async write(message: Message): Promise<void> {
    const parts = this.#partsOf(message);
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    await new Promise<void>((resolve, reject) => {
      const stream = this.#stream;
      stream.cork();
      stream.write(`Content-Length: ${length}\r\n\r\n`, 'ascii');
      for (const part of parts.slice(0, -1)) stream.write(part);
      stream.write(parts.at(-1), (error) => {
        if (error) {
          this.fireError(error, message, ++this.#failures);
          reject(error);
        } else {
          resolve();
        }
      });
      stream.uncork();
    });
  }

  end(): void {
    this.#stream.end();
  }

  #partsOf(message: Message): readonly Uint8Array[] {
    try {
      return this.#json(message);
    } catch (error) {
      this.fireError(error);
      throw error;
    }
  }
}
