import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Replaces the native logger of an installed editor, which is not built as no install script runs: without one, every
 * output channel stays empty.
 *
 * @param server the folder that contains `out/server-main.js`
 */
export function writeLogFiles(server: string): void {
  const logger = readFileSync(join(import.meta.dirname, 'file-logger.cjs'), 'utf8');
  const target = join(server, 'node_modules/@vscode/spdlog/index.js');
  if (readFileSync(target, 'utf8') === logger) return;
  // Other processes may read it at the same time.
  const partial = `${target}.${process.pid}`;
  writeFileSync(partial, logger);
  renameSync(partial, target);
}
