import { Console } from 'node:console';
import { type Connection, createConnection } from 'vscode-languageserver/node';

/** A connection with the client over this process's standard streams. The process ends with its client. */
export function stdioConnection(): Connection {
  // Nothing but messages may be written to the output.
  globalThis.console = new Console(process.stderr);
  return createConnection(process.stdin, process.stdout);
}
