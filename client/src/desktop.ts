import { type ExtensionContext, workspace } from 'vscode';
import type { ServerOptions } from 'vscode-languageclient/node';
import { registerWereWeHit } from './commands/were-we-hit.ts';
import { DISPLAY_NAME } from './config.ts';
import { activateWith } from './extension.ts';
import { NETWORK_SETTINGS, networkVariables } from './network-variables.ts';
import { provideTasks } from './tasks.ts';

export { deactivate } from './extension.ts';

/** The port on which `.vscode/launch.json` attaches to the server. */
const DEBUG_PORT = 6009;

/** With it the server gives memory back to the system: VS Code's own Node.js does not take the flag later. */
const EXPOSE_GC = '--expose-gc';

/** The entry where extensions run in Node.js: on the desktop, and on a remote machine. The server is a process. */
export function activate(context: ExtensionContext): void {
  const variables = () => networkVariables((name) => workspace.getConfiguration().inspect(name)?.globalValue);
  // The settings are read again at each start.
  const options = (execArgv: string[]) => ({
    execArgv,
    get env() {
      return variables();
    },
  });
  activateWith(context, {
    async createClient(clientOptions) {
      const { LanguageClient, TransportKind } = await import('vscode-languageclient/node');
      const node = { module: context.asAbsolutePath('dist/server.js'), transport: TransportKind.ipc };
      // The client library uses `debug` if VS Code itself runs under a debugger, as with F5.
      const server: ServerOptions = {
        run: { ...node, options: options([EXPOSE_GC]) },
        debug: { ...node, options: options([EXPOSE_GC, '--nolazy', `--inspect=${DEBUG_PORT}`]) },
      };
      return new LanguageClient('dependencyHygiene', DISPLAY_NAME, server, clientOptions);
    },
    files: 'virtual',
    restartsOn: NETWORK_SETTINGS,
  });
  const program = context.asAbsolutePath('dist/cli.js');
  context.subscriptions.push(provideTasks(program), registerWereWeHit(program));
}
