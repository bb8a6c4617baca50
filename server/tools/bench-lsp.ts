import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Comparison, type Figures, figuresOf, printComparisons } from './bench/figures.ts';
import { jsonPeer } from './bench/json-peer.ts';
import { type RunningServer, type ServerKind, startServer } from './bench/language-server.ts';
import { EDITED, writeLargeProject } from './bench/large-project.ts';

/**
 * Measures the built language server over stdio on a manifest of 2,000 lines with a lockfile of 4,400 packages beside
 * it, against VS Code's JSON language server on the manifest alone:
 *
 *     npm run build && node server/tools/bench-lsp.ts [<dist folder>]
 */
const STARTS = 9;
const EDITS = 60;

interface Measured {
  readonly initialize: Figures;
  readonly open: Figures;
  readonly edit: Figures;
  readonly memory: RunningMemory;
  readonly diagnostics: number;
}

type RunningMemory = ReturnType<RunningServer['memory']>;

const dist = process.argv[2] ?? join(import.meta.dirname, '../../dist');
const folder = mkdtempSync(join(tmpdir(), 'dephygiene-bench-'));
try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const manifest = writeLargeProject(folder);
  const kinds = [ours(true), ours(false), jsonPeer(true), jsonPeer(false)];
  const measured: (Measured | undefined)[] = [];
  for (const kind of kinds) {
    const result = kind === undefined ? undefined : await measure(kind, manifest);
    measured.push(result);
    if (kind !== undefined && result !== undefined) printMeasured(kind, result);
  }
  const [pull, push, peerPull, peerPush] = measured;
  if (pull === undefined || push === undefined) return;
  const rows: [string, number, string, number | undefined, number][] = [
    ['start to initialize', pull.initialize.median, 'vscode-json', peerPull?.initialize.median, 0.8],
    ['open to diagnostics, lockfile beside, cold', push.open.median, 'push', peerPush?.open.median, 0.4],
    ['keystroke to pulled diagnostics', pull.edit.median, 'pull', peerPull?.edit.median, 1.5],
    ['keystroke to published diagnostics', push.edit.median, 'pull', peerPull?.edit.median, 1.5],
    ['the same', push.edit.median, 'push', peerPush?.edit.median, 0.03],
    ['the same, 95th percentile', push.edit.p95, 'pull', peerPull?.edit.p95, 2],
  ];
  console.log();
  printComparisons(
    rows.map(
      ([what, own, peer, theirs, must]): Comparison => ({ what, ours: own, peer, theirs, must, unit: 'ms' }),
    ),
  );
}

function ours(pull: boolean): ServerKind {
  return {
    name: `ours, ${pull ? 'pull' : 'push'}`,
    command: [join(dist, 'server.js'), '--stdio'],
    pull,
    initializationOptions: {},
  };
}

/** Each start opens the document cold; the last one is then edited. */
async function measure(kind: ServerKind, manifest: string): Promise<Measured> {
  const initialize: number[] = [];
  const open: number[] = [];
  const uri = pathToFileURL(join(folder, 'package.json')).href;
  for (let start = 1; ; start++) {
    const server = await startServer(kind, pathToFileURL(folder).href);
    initialize.push(server.initializeMs);
    open.push(await server.open(uri, 'json', manifest));
    if (start === STARTS) {
      const { edits, diagnostics } = await edited(server, uri, manifest);
      const memory = server.memory();
      await server.stop();
      const [first, second, third] = [initialize, open, edits].map(figuresOf) as [Figures, Figures, Figures];
      return { initialize: first, open: second, edit: third, memory, diagnostics };
    }
    await server.stop();
  }
}

/** Turns one dependency's range to any version and back: each edit adds or takes away a finding. */
async function edited(server: RunningServer, uri: string, manifest: string) {
  const line = manifest.split('\n').findIndex((text) => text.includes(`"${EDITED.name}"`));
  const from = `    "${EDITED.name}": "`.length;
  const edits: number[] = [];
  const diagnostics = server.diagnostics.length;
  let value = EDITED.value;
  for (let at = 0; at < EDITS; at++) {
    const next = value === '*' ? EDITED.value : '*';
    edits.push(await server.edit(uri, line, from, from + value.length, next));
    value = next;
  }
  return { edits, diagnostics };
}

function printMeasured(
  { name }: ServerKind,
  { initialize, open, edit, memory, diagnostics }: Measured,
): void {
  const show = ({ median, p95 }: Figures) => `${median.toFixed(1)} (${p95.toFixed(1)})`;
  const rss = memory === undefined ? '?' : `${memory.now.toFixed(0)}, at most ${memory.most.toFixed(0)}`;
  console.log(
    `${name.padEnd(18)} initialize ${show(initialize)}  open ${show(open)}  edit ${show(edit)} ms (p95)  memory ${rss} MiB  ${diagnostics} diagnostics`,
  );
}
