import type { ExtensionContext } from 'vscode';
import { LanguageClient, type ServerOptions, TransportKind } from 'vscode-languageclient/node';
import { DISPLAY_NAME } from './config.ts';
import { activateWith } from './extension.ts';

export { deactivate } from './extension.ts';

/** The port on which `.vscode/launch.json` attaches to the server. */
const DEBUG_PORT = 6009;

/** The entry where extensions run in Node.js: on the desktop, and on a remote machine. The server is a process. */
export function activate(context: ExtensionContext): void {
  const node = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
  // The client library uses `debug` if VS Code itself runs under a debugger, as with F5.
  const debug = { ...node, options: { execArgv: ['--nolazy', `--inspect=${DEBUG_PORT}`] } };
  const serverOptions: ServerOptions = { run: node, debug };
  activateWith(context, {
    createClient: (options) => new LanguageClient('dependencyHygiene', DISPLAY_NAME, serverOptions, options),
    files: 'virtual',
  });
}
