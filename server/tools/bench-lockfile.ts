import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseTree } from 'jsonc-parser';
import { lockfileKindOf, readLockfile } from '../src/core/lockfile/detect.ts';
import { scanJson } from '../src/core/text/json-scan.ts';

/**
 * Prints what reading a package-lock costs, against `JSON.parse` and jsonc-parser's `parseTree` in the same run on the
 * same text. `node server/tools/bench-lockfile.ts [file…]`; without files, those of the corpus beside the checkout.
 */
const CORPUS = join(import.meta.dirname, '../../../shared/corpus');
const ROUNDS = 25;

interface Candidate {
  readonly name: string;
  readonly run: (text: string) => unknown;
  readonly times: number[];
}

const files = process.argv.length > 2 ? process.argv.slice(2) : corpusFiles();
if (files.length === 0) console.log('no files: name package-lock.json files, .gz or not');
for (const file of files) measure(file);

function measure(file: string): void {
  const bytes = readFileSync(file);
  const name = basename(file).replace(/\.gz$/, '');
  const kind = lockfileKindOf(name) ?? 'package-lock';
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const candidates: readonly Candidate[] = [
    { name: 'model', run: (input) => readLockfile('file:///lock', input, kind), times: [] },
    { name: 'tape', run: (input) => scanJson(input), times: [] },
    { name: 'JSON.parse', run: (input) => JSON.parse(input), times: [] },
    { name: 'parseTree', run: (input) => parseTree(input), times: [] },
  ];
  for (let round = 0; round < ROUNDS; round++) {
    for (const candidate of candidates) {
      const start = performance.now();
      candidate.run(text);
      candidate.times.push(performance.now() - start);
    }
  }
  const [model, tape, parse, tree] = candidates.map(({ times }) => medianOf(times)) as [
    number,
    number,
    number,
    number,
  ];
  const read = readLockfile('file:///lock', text, kind);
  console.log(
    `${join(basename(dirname(file)), name)}  ${(text.length / 1e6).toFixed(2)} MB, ${read.entries.length} packages, ${read.status}\n` +
      `  ms: model ${model.toFixed(2)}, tape ${tape.toFixed(2)}, JSON.parse ${parse.toFixed(2)}, parseTree ${tree.toFixed(2)}\n` +
      `  model is ${(model / tree).toFixed(3)} of parseTree and ${(model / parse).toFixed(2)} of JSON.parse`,
  );
}

function medianOf(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1]!;
}

function corpusFiles(): readonly string[] {
  if (!existsSync(CORPUS)) return [];
  return globSync('*-v[23]/{package-lock,npm-shrinkwrap}.json{,.gz}', { cwd: CORPUS })
    .map((path) => join(CORPUS, path))
    .sort();
}
