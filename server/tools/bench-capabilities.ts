/**
 * Measures the reading of code on installed packages, beside @nodesecure/js-x-ray on the same files in the same run, and
 * writes the table into server/docs/capabilities.md:
 *
 *     node server/tools/bench-capabilities.ts [--write] [<node_modules> ...]
 *
 * Without folders it reads those of the project and its tests. Every suspicious package is printed. Some of the packages are
 * also inspected by commands of their own, as people do, each in turn with a program of the peer.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { describeSign } from '../src/core/know/capabilities/describe.ts';
import { type PackageCode, scanPackage } from '../src/core/know/capabilities/scan-package.ts';
import { parseTyped } from '../src/core/read/source/typed-source.ts';
import { readFolder } from '../src/engine/inspect/read-folder.ts';
import { createDiskFiles, uriOfPath } from '../src/node/disk-files.ts';
import { machine, writeBetweenMarks } from './bench/page.ts';
import { costsOf } from './bench/whole-process.ts';

const ROOT = join(import.meta.dirname, '../..');
const BENCH = join(ROOT, 'test/bench');
const CLI = join(ROOT, 'dist/cli.js');
const PEER = join(import.meta.dirname, 'bench/js-x-ray-process.mjs');
/** The packages that are inspected by commands of their own: the largest, and others at even distances. */
const LARGEST = 10;
const OTHERS = 60;
const FOLDERS = ['.', 'test/bench', 'test/oracles', 'test/registry-servers'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false } },
});

interface Analyser {
  analyse(text: string): { readonly warnings: readonly { readonly severity: string }[] };
}

await main();

async function main(): Promise<void> {
  const folders =
    positionals.length > 0 ? positionals : FOLDERS.map((one) => join(ROOT, one, 'node_modules'));
  const found = folders.flatMap((folder) => packagesBelow(folder));
  const analyser = await peerAnalyser();
  const total = {
    files: 0,
    bytes: 0,
    own: 0,
    peer: 0,
    suspicious: 0,
    install: 0,
    credentials: 0,
    peerAlarms: 0,
    peerFailed: 0,
  };
  const sizes = new Map<string, number>();
  for (const folder of found) {
    const uri = uriOfPath(folder);
    const code = await readFolder(
      createDiskFiles(() => [uri]),
      uri,
    );
    if (code === undefined) continue;
    const began = processorTime();
    const record = scanPackage(code, parseTyped);
    total.own += processorTime() - began;
    const peer = analysePeer(analyser, code);
    total.peer += peer.time;
    total.files += peer.files;
    total.bytes += peer.bytes;
    sizes.set(folder, peer.bytes);
    total.peerFailed += peer.failed;
    if (peer.isAlarmed) total.peerAlarms++;
    const takes = (pattern: RegExp) =>
      record.isSuspicious && record.signs.some(({ sign }) => pattern.test(sign));
    if (takes(/^install-/)) total.install++;
    if (takes(/credential|secret|key|stores/)) total.credentials++;
    if (!record.isSuspicious) continue;
    total.suspicious++;
    console.log(`${relative(ROOT, folder)}: ${record.score}`);
    for (const { sign, file, line } of record.signs)
      console.log(`    ${describeSign(sign)} (${file}:${line})`);
  }
  const seconds = (time: number) => `${(time / 1000).toFixed(1)} s`;
  const table = [
    `${found.length} installed packages, ${total.files} JavaScript files of ${(total.bytes / 1e6).toFixed(0)} MB, with @nodesecure/js-x-ray on the same files in the same run. ${machine()}`,
    '',
    '| | `inspect` | @nodesecure/js-x-ray 16 |',
    '|---|---|---|',
    `| processor time | ${seconds(total.own)} | ${seconds(total.peer)} |`,
    `| packages that it reports as suspicious, or with a warning of critical severity | ${total.suspicious} | ${total.peerAlarms} |`,
    `| of these with a sign of the install | ${total.install} | |`,
    `| of these with a sign of credentials | ${total.credentials} | |`,
    `| files that it cannot read | | ${total.peerFailed} |`,
    await commandRow(chosenFrom(sizes), seconds),
  ].join('\n');
  console.log(table);
  if (values.write) writeBetweenMarks(join(ROOT, 'server/docs/capabilities.md'), table, 'bench-capabilities');
}

/** Returns the largest packages, and others at even distances, that have any JavaScript. */
function chosenFrom(sizes: ReadonlyMap<string, number>): readonly string[] {
  const all = [...sizes].filter(([, bytes]) => bytes > 0);
  const largest = all.toSorted(([, a], [, b]) => b - a).slice(0, LARGEST);
  const others = all.filter((one) => !largest.includes(one));
  const step = Math.max(1, Math.floor(others.length / OTHERS));
  return [...largest, ...others.filter((_, at) => at % step === 0)].map(([folder]) => folder);
}

/** Measures the packages by commands of their own, from the start of the process to its end. */
async function commandRow(folders: readonly string[], seconds: (time: number) => string): Promise<string> {
  if (!existsSync(CLI)) throw new Error(`${CLI} is not there; run npm run build first.`);
  const home = mkdtempSync(join(tmpdir(), 'dephygiene-bench-'));
  const sum = [0, 0];
  let faster = 0;
  try {
    for (const folder of folders) {
      const node = (name: string, args: readonly string[]) => ({ name, command: process.execPath, args });
      const commands = [node('ours', [CLI, 'inspect', folder, '--json']), node('peer', [PEER, folder])];
      const [own, peer] = await costsOf(commands, ROOT, home, 1, { warmUps: 0 });
      sum[0]! += own!.milliseconds;
      sum[1]! += peer!.milliseconds;
      if (own!.milliseconds < peer!.milliseconds) faster++;
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  return `| time of ${folders.length} commands, each for one package: the ${LARGEST} largest, and others at even distances | ${seconds(sum[0]!)}, faster for ${faster} | ${seconds(sum[1]!)} |`;
}

async function peerAnalyser(): Promise<Analyser> {
  // Its package.json names an entry for imports alone.
  const entry = join(BENCH, 'node_modules/@nodesecure/js-x-ray/dist/index.js');
  const { AstAnalyser } = (await import(pathToFileURL(entry).href)) as { AstAnalyser: new () => Analyser };
  return new AstAnalyser();
}

/** Analyses the files that `inspect` reads, in as far as the peer reads their language. */
function analysePeer(analyser: Analyser, { files }: PackageCode) {
  const result = { time: 0, files: 0, bytes: 0, failed: 0, isAlarmed: false };
  for (const [path, text] of files) {
    if (!/\.[cm]?js$/.test(path)) continue;
    result.files++;
    result.bytes += text.length;
    const began = processorTime();
    try {
      const { warnings } = analyser.analyse(text);
      if (warnings.some(({ severity }) => severity === 'Critical')) result.isAlarmed = true;
    } catch {
      result.failed++;
    }
    result.time += processorTime() - began;
  }
  return result;
}

/** Returns the processor time of this process in milliseconds, as other programs run on the machine. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function packagesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((item) => {
    const path = join(folder, item.name);
    if (!item.isDirectory() || item.name.startsWith('.')) return [];
    if (item.name.startsWith('@')) return packagesBelow(path);
    const own = existsSync(join(path, 'package.json')) ? [path] : [];
    return [...own, ...packagesBelow(join(path, 'node_modules'))];
  });
}
