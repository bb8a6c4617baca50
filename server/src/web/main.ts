import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import type { WorkerStart } from '../lsp/messages.ts';
import { createServer } from '../lsp/server.ts';
import { createWebPorts } from './web-ports.ts';
import { WEB_TIMERS } from './web-timers.ts';

declare const __VERSION__: string;
declare const self: DedicatedWorkerGlobalScope;

/** Runs the language server in this web worker. Its first message is a `WorkerStart`; the protocol follows. */
self.onmessage = ({ data }: MessageEvent<WorkerStart>) => {
  // The reader replaces this handler.
  const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
  createServer(connection, createWebPorts(data), {
    runtime: 'a web worker',
    version: __VERSION__,
    timers: WEB_TIMERS,
    // The client has a command for these pages.
    ruleLink: undefined,
    onFolders: () => undefined,
  });
  connection.listen();
};
