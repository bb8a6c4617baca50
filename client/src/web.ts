import { type ExtensionContext, Uri, workspace } from 'vscode';
import type { MessageTransports } from 'vscode-languageclient/browser';
import type { WorkerStart } from '../../server/src/lsp/messages.ts';
import { DISPLAY_NAME } from './config.ts';
import { activateWith } from './extension.ts';

export { deactivate } from './extension.ts';

/** The part of the browser's workers that is used: the types of a browser contradict those of Node.js. */
interface WebWorker {
  postMessage(message: unknown): void;
  terminate(): void;
}
declare const Worker: new (url: string) => WebWorker;

/** The entry where extensions run in a browser, as on vscode.dev. The server is a web worker. */
export function activate(context: ExtensionContext): void {
  const file = (name: string) => Uri.joinPath(context.extensionUri, 'dist', name);
  let worker: WebWorker | undefined;
  const startServer = async (): Promise<MessageTransports> => {
    const { BrowserMessageReader, BrowserMessageWriter } = await import('vscode-languageclient/browser');
    const data = await startData(file);
    // VS Code starts no worker from a URL of a remote extension.
    const program = new Blob([await workspace.fs.readFile(file('server-web.js'))], {
      type: 'text/javascript',
    });
    const url = URL.createObjectURL(program);
    worker?.terminate();
    worker = new Worker(url);
    worker.postMessage(data);
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  activateWith(context, {
    async createClient(options) {
      const { LanguageClient } = await import('vscode-languageclient/browser');
      return new LanguageClient('dependencyHygiene', DISPLAY_NAME, startServer, options);
    },
    files: 'all',
    restartsOn: [],
  });
  context.subscriptions.push({ dispose: () => worker?.terminate() });
}

async function startData(file: (name: string) => Uri): Promise<WorkerStart> {
  const [names, advisories] = await Promise.all([
    workspace.fs.readFile(file('popular-names.txt')),
    workspace.fs.readFile(file('advisories.bin')).then(
      (bytes) => bytes,
      () => undefined,
    ),
  ]);
  return { popularNames: new TextDecoder().decode(names), advisories };
}
