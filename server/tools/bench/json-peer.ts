import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerKind } from './language-server.ts';

const PACKAGE = 'vscode-langservers-extracted@4.10.0';

/**
 * VS Code's own JSON language server, installed once into the system's temporary folder; undefined, said on standard
 * error, where it cannot be had.
 */
export function jsonPeer(pull: boolean): ServerKind | undefined {
  const folder = join(tmpdir(), 'dephygiene-bench-peers');
  const file = join(folder, 'node_modules/vscode-langservers-extracted/bin/vscode-json-language-server');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    try {
      const options = ['--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--no-save'];
      execFileSync('npm', ['install', ...options, PACKAGE], { cwd: folder, stdio: 'ignore' });
    } catch {
      console.error(`The peer ${PACKAGE} could not be installed, so there is nothing to compare with.`);
      return undefined;
    }
  }
  return {
    name: `vscode-json, ${pull ? 'pull' : 'push'}`,
    command: [file, '--stdio'],
    pull,
    initializationOptions: {},
  };
}
