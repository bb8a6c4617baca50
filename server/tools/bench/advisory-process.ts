/**
 * Opens the bundled index in a separate process, and writes the costs to standard output as JSON:
 *
 *     node advisory-process.ts time <file>                  {"read": ms, "open": ms}
 *     node --expose-gc advisory-process.ts memory <file>    {"kept": bytes}
 */
import { readFileSync } from 'node:fs';
import { openIndex } from '../../src/core/know/advisory/open-index.ts';

const [mode, file] = process.argv.slice(2) as [string, string];
console.log(JSON.stringify(mode === 'memory' ? memory() : times()));

function times(): { readonly read: number; readonly open: number } {
  const start = performance.now();
  const bytes = readFileSync(file);
  const read = performance.now();
  openOrFail(bytes);
  return { read: read - start, open: performance.now() - read };
}

/** Measures with the advisories of every tenth package, far more than in any lockfile. */
function memory(): { readonly kept: number } {
  const used = () => {
    globalThis.gc!();
    globalThis.gc!();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = used();
  const index = openOrFail(readFileSync(file));
  let at = 0;
  for (const name of index.names()) if (at++ % 10 === 0) index.affecting(name, '1.0.0');
  const kept = used() - before;
  if (index.packages !== at) throw new Error('the index has other packages than it says');
  return { kept };
}

function openOrFail(bytes: Uint8Array) {
  const opened = openIndex(bytes, 'bundled');
  if ('problem' in opened) throw new Error(opened.problem);
  return opened.index;
}
