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
const EDITS = 100;

interface Measured {
  readonly kind: ServerKind;
  readonly initialize: number[];
  readonly open: number[];
  readonly edits: number[];
}

const dist = process.argv[2] ?? join(import.meta.dirname, '../../dist');
const folder = mkdtempSync(join(tmpdir(), 'dephygiene-bench-'));
try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const manifest = writeLargeProject(folder);
  const peers = [jsonPeer(true), jsonPeer(false)];
  const kinds = [ours(true), ours(false), ...peers.filter((kind) => kind !== undefined)];
  const measured = kinds.map((kind): Measured => ({ kind, initialize: [], open: [], edits: [] }));
  for (let start = 1; start < STARTS; start++) {
    for (const each of measured) await (await opened(each, manifest)).stop();
  }
  const servers: RunningServer[] = [];
  for (const each of measured) servers.push(await opened(each, manifest));
  await editInTurn(measured, servers, manifest);
  for (const [at, server] of servers.entries()) printMeasured(measured[at]!, server);
  for (const server of servers) await server.stop();
  console.log();
  printComparisons(
    comparisons(measured.map(({ initialize, open, edits }) => [initialize, open, edits].map(figuresOf))),
  );
}

/** Of our two servers and, where they are there, the two peers. */
function comparisons([
  pull,
  push,
  peerPull,
  peerPush,
]: readonly (readonly Figures[])[]): readonly Comparison[] {
  const median = (figures: readonly Figures[] | undefined, at: number) => figures?.[at]?.median;
  const rows: [string, number | undefined, string, number | undefined, number][] = [
    ['start to initialize', median(pull, 0), 'vscode-json', median(peerPull, 0), 0.8],
    ['open to diagnostics, lockfile beside, cold', median(push, 1), 'push', median(peerPush, 1), 0.4],
    ['keystroke to pulled diagnostics', median(pull, 2), 'pull', median(peerPull, 2), 1.5],
    ['keystroke to published diagnostics', median(push, 2), 'pull', median(peerPull, 2), 1.5],
    ['the same', median(push, 2), 'push', median(peerPush, 2), 0.03],
    ['the same, 95th percentile', push?.[2]?.p95, 'pull', peerPull?.[2]?.p95, 2],
  ];
  return rows.flatMap(([what, own, peer, theirs, must]) =>
    own === undefined ? [] : [{ what, ours: own, peer, theirs, must, unit: 'ms' as const }],
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

/** Servers are started in turn, so that what else the machine does meets all of them alike. Each opens cold. */
async function opened({ kind, initialize, open }: Measured, manifest: string): Promise<RunningServer> {
  const server = await startServer(kind, pathToFileURL(folder).href);
  initialize.push(server.initializeMs);
  open.push(await server.open(pathToFileURL(join(folder, 'package.json')).href, 'json', manifest));
  return server;
}

/** Turns one dependency's range to any version and back: each edit adds or takes away a finding. */
async function editInTurn(
  measured: readonly Measured[],
  servers: readonly RunningServer[],
  manifest: string,
): Promise<void> {
  const uri = pathToFileURL(join(folder, 'package.json')).href;
  const line = manifest.split('\n').findIndex((text) => text.includes(`"${EDITED.name}"`));
  const from = `    "${EDITED.name}": "`.length;
  let value = EDITED.value;
  for (let edit = 0; edit < EDITS; edit++) {
    const next = value === '*' ? EDITED.value : '*';
    for (const [at, server] of servers.entries()) {
      measured[at]!.edits.push(await server.edit(uri, line, from, from + value.length, next));
    }
    value = next;
  }
}

function printMeasured({ kind, initialize, open, edits }: Measured, server: RunningServer): void {
  const show = (all: readonly number[]) => {
    const { median, p95 } = figuresOf(all);
    return `${median.toFixed(1)} (${p95.toFixed(1)})`;
  };
  const memory = server.memory();
  const rss = memory === undefined ? '?' : memory.now.toFixed(0);
  console.log(
    `${kind.name.padEnd(18)} initialize ${show(initialize)}  open ${show(open)}  edit ${show(edits)} ms (p95)  memory ${rss} MiB  ${server.diagnostics.length} diagnostics`,
  );
}
