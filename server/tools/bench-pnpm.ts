import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseAllDocuments } from 'yaml';
import { readPnpmLockfile } from '../src/core/lockfile/pnpm/read-pnpm-lockfile.ts';
import { scanYaml } from '../src/core/lockfile/pnpm/yaml-scan.ts';
import { type Comparison, figuresOf, printComparisons } from './bench/figures.ts';

/**
 * Prints what reading a pnpm-lock.yaml costs, against `yaml` and a floor in the same run on the same text; a file that
 * passes its ratio ends it with 1. `node server/tools/bench-pnpm.ts [file…]`; without files, those of the corpus beside
 * the checkout.
 */
const CORPUS = join(import.meta.dirname, '../../../shared/corpus');
const ROUNDS = 21;
/** `yaml` takes a second for a large file, and its times vary less than its ratio to anything fast. */
const PEER_ROUNDS = 3;
const MUST = 0.04;

const files = process.argv.length > 2 ? process.argv.slice(2) : corpusFiles();
if (files.length === 0) console.log('no files: name pnpm-lock.yaml files, .gz or not');
const comparisons = files.map(measure);
printComparisons(comparisons);
if (comparisons.some(({ ours, theirs, must }) => theirs !== undefined && ours / theirs > must))
  process.exitCode = 1;

function measure(file: string): Comparison {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const model: number[] = [];
  const tape: number[] = [];
  const floor: number[] = [];
  const peer: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    model.push(timeOf(() => readPnpmLockfile('file:///lock', text)));
    tape.push(timeOf(() => scanYaml(text)));
    floor.push(timeOf(() => scanLines(text)));
    if (round < PEER_ROUNDS) peer.push(timeOf(() => parseAllDocuments(text)));
  }
  const { entries, status } = readPnpmLockfile('file:///lock', text);
  const name = basename(dirname(file));
  const ms = (times: readonly number[]) => figuresOf(times).median.toFixed(2);
  console.log(
    `${name}: ${(text.length / 1e6).toFixed(2)} MB, ${entries.length} packages, ${status}; ` +
      `ms: model ${ms(model)} (first ${model[0]!.toFixed(1)}), tape ${ms(tape)}, floor ${ms(floor)}, yaml ${ms(peer)}`,
  );
  return {
    what: name,
    ours: figuresOf(model).median,
    peer: 'yaml',
    theirs: figuresOf(peer).median,
    must: MUST,
    unit: 'ms',
  };
}

/** The floor: where each line begins, how deep it is indented and where its first colon is, and nothing checked. */
function scanLines(text: string): Int32Array {
  const found = new Int32Array(3 * Math.ceil(text.length / 8));
  let count = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    let at = start;
    while (at < end && text.charCodeAt(at) === 32) at++;
    if (at < end && count + 3 <= found.length) {
      found[count++] = at;
      found[count++] = text.indexOf(':', at);
      found[count++] = end;
    }
    start = end + 1;
  }
  return found;
}

function timeOf(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function corpusFiles(): readonly string[] {
  if (!existsSync(CORPUS)) return [];
  return globSync('*/pnpm-lock.yaml{,.gz}', { cwd: CORPUS })
    .map((path) => join(CORPUS, path))
    .sort();
}
