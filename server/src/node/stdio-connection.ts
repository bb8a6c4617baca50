import { Console } from 'node:console';
import { type Connection, createConnection } from 'vscode-languageserver/node';
import { StreamMessages } from './message-writer.ts';

/** A connection with the client over this process's standard streams. The process ends with its client. */
export function stdioConnection(): Connection {
  // Nothing but messages may be written to the output.
  globalThis.console = new Console(process.stderr);
  const writer = new StreamMessages(process.stdout);
  // The library accepts a writer in place of a stream, though its types allow only pairs of one kind. Given the input
  // stream, it ends the process when that ends.
  return createConnection(process.stdin, writer as unknown as NodeJS.WritableStream);
}
