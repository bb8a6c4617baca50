/**
 * Measures one candidate on one file, in a separate process; writes the result to standard output as JSON.
 *
 *     node parse-process.ts first <candidate> <file>                 {"first": ms}
 *     node parse-process.ts warm <candidate> <file>                  {"warm": ms}
 *     node --expose-gc parse-process.ts memory <candidate> <file>    {"kept": bytes}
 */
import { readFileSync } from 'node:fs';
import { startQuickly } from '../../src/node/quick-start.ts';
import { medianOf } from './figures.ts';
import { CANDIDATES, type Candidate, OURS } from './parse-candidates.ts';

const WARM_FOR_MS = 800;
const LEAST_CALLS = 3;
const RESULTS = 3;

const [mode, candidate, file] = process.argv.slice(2) as ['first' | 'warm' | 'memory', Candidate, string];
const text = readFileSync(file, 'utf8');
// Flattens the text to one string before anything is measured.
text.charCodeAt(text.length - 1);
const run = await CANDIDATES[candidate]();
console.log(JSON.stringify(await { first, warm, memory }[mode]()));

async function call(): Promise<number> {
  const start = performance.now();
  const result: unknown = run(text, file);
  if (result instanceof Promise) await result;
  return performance.now() - start;
}

async function first(): Promise<{ readonly first: number }> {
  // As the product's processes do at start.
  if (OURS.has(candidate)) startQuickly();
  return { first: await call() };
}

async function warm(): Promise<{ readonly warm: number }> {
  const times: number[] = [];
  const end = performance.now() + WARM_FOR_MS;
  while (times.length < LEAST_CALLS || performance.now() < end) times.push(await call());
  // The first half is a warm-up.
  return { warm: medianOf(times.slice(times.length >> 1)) };
}

async function memory(): Promise<{ readonly kept: number }> {
  const results: unknown[] = [];
  const used = () => {
    // The first collection leaves buffers to be freed concurrently; the second waits for that.
    globalThis.gc!();
    globalThis.gc!();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  // Code and caches exist after one call; what the next ones add is their results.
  results.push(await run(text, file));
  const before = used();
  for (let more = 0; more < RESULTS; more++) results.push(await run(text, file));
  return { kept: (used() - before) / (results.length - 1) };
}
