import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createConnection } from 'vscode-languageserver/node';
import type { Uri } from '../core/read/text/paths/uri.ts';
import { createServer } from '../lsp/server.ts';
import { createNodePorts } from './node-ports.ts';
import { NODE_TIMERS } from './node-timers.ts';
import { startQuickly } from './quick-start.ts';
import { createMemoryRelease } from './release-memory.ts';
import { stdioConnection } from './stdio-connection.ts';

/**
 * Runs the language server in this process, on the transport given on its command line: `--stdio`, `--node-ipc`,
 * `--pipe` or `--socket`. It ends with its client.
 */
export function startServer(version: string): void {
  startQuickly();
  const connection = process.argv.includes('--stdio') ? stdioConnection() : createConnection();
  let folders: readonly Uri[] = [];
  createServer(connection, createNodePorts({ roots: () => folders, version }), {
    version,
    runtime: `Node.js ${process.versions.node}`,
    timers: NODE_TIMERS,
    ruleLink: rulePages(import.meta.dirname),
    onFolders: (opened) => {
      folders = opened;
    },
    releaseMemory: createMemoryRelease(),
  });
  connection.listen();
}

/** Returns the folder of rule pages: beside the bundle's folder in a package, or in the sources. */
function rulePages(here: string): string | undefined {
  const candidates = [join(here, '../server/docs/rules'), join(here, '../../docs/rules')];
  const folder = candidates.find((path) => existsSync(path));
  return folder === undefined ? undefined : `${pathToFileURL(folder).href}/{rule}.md`;
}
