import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readYarnLockfile } from '../src/core/lockfile/yarn/read-yarn-lockfile.ts';
import { type Comparison, figuresOf, printComparisons } from './bench/figures.ts';

/**
 * Prints what reading a yarn.lock costs, against Yarn's own parsers in the same run on the same text, and against a scan
 * that only looks for each line's key and value. `node server/tools/bench-yarn.ts [file…]`; without files, those of the
 * corpus beside the checkout.
 */
const CORPUS = join(import.meta.dirname, '../../../shared/corpus');
const BERRY_PARSERS = '@yarnpkg/parsers@3.1.0';
/** Rounds before the measured ones, in which code is compiled. */
const WARM_UP = 25;
const ROUNDS = 35;

type Parse = (text: string) => unknown;

const classic = createRequire(import.meta.url)('@yarnpkg/lockfile') as { parse: Parse };
const parseSyml = berryPeer();
const files = process.argv.length > 2 ? process.argv.slice(2) : corpusFiles();
if (files.length === 0) console.log('no files: name yarn.lock files, .gz or not');
printComparisons(files.flatMap(measure));

function measure(file: string): readonly Comparison[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const { entries, status } = readYarnLockfile('file:///lock', text);
  const what = `${basename(dirname(file))}, ${entries.length} packages, ${status}`;
  const isBerry = text.includes('\n__metadata:');
  const peer = isBerry ? BERRY_PARSERS : '@yarnpkg/lockfile';
  const theirs = isBerry ? parseSyml : (input: string) => classic.parse(input);
  const candidates: readonly Parse[] = [
    (input) => readYarnLockfile('file:///lock', input),
    scanFloor,
    theirs ?? (() => undefined),
  ];
  const times: readonly number[][] = candidates.map(() => []);
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const [at, run] of candidates.entries()) {
      const start = performance.now();
      run(text);
      if (round >= 0) times[at]!.push(performance.now() - start);
    }
  }
  const [ours, floor, theirTime] = times.map((list) => figuresOf(list).median) as [number, number, number];
  return [
    {
      what,
      ours,
      peer,
      theirs: theirs === undefined ? undefined : theirTime,
      must: isBerry ? 0.5 : 0.35,
      unit: 'ms',
    },
    { what: '  its floor', ours: floor, peer: 'the reader', theirs: ours, must: 1, unit: 'ms' },
  ];
}

/** The least that a reader with places can do: a pass over the lines that finds where keys and values start and end. */
function scanFloor(text: string): number {
  const records = new Int32Array(4 * (64 + Math.ceil(text.length / 20)));
  let count = 0;
  for (let at = 0; at < text.length && count + 4 <= records.length; ) {
    let end = text.indexOf('\n', at);
    if (end === -1) end = text.length;
    let start = at;
    while (text.charCodeAt(start) === 32) start++;
    let keyEnd = text.indexOf(' ', start);
    if (keyEnd === -1 || keyEnd > end) keyEnd = end;
    records[count++] = start;
    records[count++] = keyEnd;
    records[count++] = end;
    records[count++] = start - at;
    at = end + 1;
  }
  return records[count - 1] ?? 0;
}

/** Yarn's own parser, installed once into the system's temporary folder; undefined, and said, where it cannot be had. */
function berryPeer(): Parse | undefined {
  const folder = join(tmpdir(), 'dephygiene-bench-yarn');
  if (!existsSync(join(folder, 'node_modules/@yarnpkg/parsers'))) {
    mkdirSync(folder, { recursive: true });
    try {
      const options = ['--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--no-save'];
      execFileSync('npm', ['install', ...options, BERRY_PARSERS], { cwd: folder, stdio: 'ignore' });
    } catch {
      console.error(`The peer ${BERRY_PARSERS} could not be installed, so there is nothing to compare with.`);
      return undefined;
    }
  }
  const peer = createRequire(join(folder, 'package.json'))('@yarnpkg/parsers') as { parseSyml: Parse };
  return peer.parseSyml;
}

function corpusFiles(): readonly string[] {
  if (!existsSync(CORPUS)) return [];
  return globSync('*/yarn.lock{,.gz}', { cwd: CORPUS })
    .map((path) => join(CORPUS, path))
    .sort();
}
