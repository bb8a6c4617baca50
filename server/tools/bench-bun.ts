import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseTree } from 'jsonc-parser';
import { readBunLockfile } from '../src/core/lockfile/bun/read-bun-lockfile.ts';
import { readNpmV1Lockfile } from '../src/core/lockfile/npm-v1/read-npm-v1-lockfile.ts';
import { scanJson } from '../src/core/text/json-scan.ts';
import { type Comparison, figuresOf, printComparisons } from './bench/figures.ts';

/**
 * Prints what reading a bun.lock and a package-lock of version 1 costs, against jsonc-parser's `parseTree` (and
 * `JSON.parse`, which gives no places) in the same run on the same text; the bare scan of tokens is the floor.
 * `node server/tools/bench-bun.ts [file…]`; without files, those of the corpus beside the checkout.
 */
const CORPUS = join(import.meta.dirname, '../../../shared/corpus');
const ROUNDS = 60;

const files = process.argv.length > 2 ? process.argv.slice(2) : corpusFiles();
if (files.length === 0) console.log('no files: name bun.lock or package-lock.json files, .gz or not');
else printComparisons(files.flatMap(measure));

function measure(file: string): readonly Comparison[] {
  const bytes = readFileSync(file);
  const name = basename(file).replace(/\.gz$/, '');
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const isBun = name === 'bun.lock';
  const read = (): unknown =>
    isBun ? readBunLockfile('file:///lock', text) : readNpmV1Lockfile('file:///lock', text, 'package-lock');
  const reach = () => {
    const lock = readBunLockfile('file:///lock', text);
    return lock.entries.filter(({ dev }) => dev).length;
  };
  const runs: Readonly<Record<string, () => unknown>> = {
    model: read,
    scan: () => scanJson(text, { lenient: isBun }),
    parseTree: () => parseTree(text, [], { allowTrailingComma: true }),
    ...(isBun ? { reach } : { parse: () => JSON.parse(text) as unknown }),
  };
  const times = new Map(Object.keys(runs).map((run) => [run, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [run, call] of Object.entries(runs)) {
      const start = performance.now();
      call();
      times.get(run)!.push(performance.now() - start);
    }
  }
  const median = (run: string) => figuresOf(times.get(run)!).median;
  if (isBun) console.log(`${file}: with the reach of all entries ${median('reach').toFixed(2)} ms`);
  const what = `${basename(dirname(file))} ${Math.round(text.length / 1000)} kB`;
  const row = (part: string, ours: string, peer: string, must: number): Comparison => ({
    what: `${what}, ${part}`,
    ours: median(ours),
    peer,
    theirs: median(peer === 'JSON.parse' ? 'parse' : peer),
    must,
    unit: 'ms',
  });
  return [
    row('model', 'model', 'parseTree', isBun ? 0.6 : 0.3),
    row('bare scan', 'scan', 'parseTree', isBun ? 0.6 : 0.3),
    ...(isBun ? [] : [row('model', 'model', 'JSON.parse', 2)]),
  ];
}

function corpusFiles(): readonly string[] {
  if (!existsSync(CORPUS)) return [];
  return globSync(['*/bun.lock', '*-{v1,nover}/{package-lock,npm-shrinkwrap}.json{,.gz}'], { cwd: CORPUS })
    .map((path) => join(CORPUS, path))
    .sort();
}
