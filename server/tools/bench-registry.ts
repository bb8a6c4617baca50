/**
 * Measures the cost of registry requests, with a registry on loopback that answers after 20 ms:
 *
 *     npm run bench:registry
 *
 * Each row is compared with its limit; the exit code is 1 if one is missed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { NO_ADVISORIES } from '../src/core/know/advisory/advisories.ts';
import { narrowPackument } from '../src/core/know/registry/documents/narrow-packument.ts';
import { PACKUMENT } from '../src/core/know/registry/documents/packument-kind.ts';
import { hoverMarkdown } from '../src/core/show/features/hover/card-text.ts';
import { hover } from '../src/core/show/features/hover/hover.ts';
import { hoverTarget } from '../src/core/show/features/hover/target.ts';
import { createSession } from '../src/engine/create-session.ts';
import type { CachePort, FilesPort, HttpPort } from '../src/engine/ports.ts';
import { answerToRecord } from '../src/engine/registry/registry-answer.ts';
import type { ProjectSnapshot, Session } from '../src/engine/session.ts';
import { DEFAULT_SETTINGS } from '../src/engine/settings.ts';
import { createDiskCache } from '../src/node/disk-cache.ts';
import { createUndiciHttp } from '../src/node/http/undici-http.ts';
import { systemClock } from '../src/node/system-clock.ts';
import { figuresOf, medianOf, printRows, type Row, verdictOf } from './bench/figures.ts';
import { largePackument } from './bench/large-packument.ts';

const LATENCY_MS = 20;
const DEPENDENCIES = 300;
const CACHED = 1_000;
const ROOT = 'file:///shop';
const MANIFEST = `${ROOT}/package.json`;
const NAMES = Array.from({ length: DEPENDENCIES }, (_, at) => `package-${at}`);
const TEXT = JSON.stringify(
  { name: 'shop', dependencies: Object.fromEntries(NAMES.map((name) => [name, '^1.0.0'])) },
  null,
  2,
);

const REGISTRY = 'https://registry.public.example.test/';
/** For known facts: no requests, no waiting. */
const NO_NETWORK = undefined;

await main();

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dephygiene-bench-'));
  const registry = spawn(
    process.execPath,
    [join(import.meta.dirname, 'bench/registry-process.ts'), String(LATENCY_MS), String(DEPENDENCIES)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const http = createUndiciHttp({ userAgent: 'bench', environment: {} });
  try {
    const [line] = (await once(createInterface(registry.stdout), 'line')) as [string];
    const rows = [...(await cards(http, line, folder)), await record(folder), ...(await manyCached(folder))];
    printRows(rows);
    if (rows.some((row) => verdictOf(row) === 'missed')) process.exitCode = 1;
  } finally {
    await http.dispose();
    registry.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Measures cards cold, from the disk, and from memory. The cold row is the median of runs with a new cache each. */
async function cards(http: HttpPort, registry: string, folder: string): Promise<readonly Row[]> {
  const cold: number[] = [];
  const warm: number[] = [];
  const computed = { cold: [] as number[], warm: [] as number[] };
  const hovers: number[] = [];
  for (let run = 0; run < 3; run++) {
    const directory = join(folder, `cards ${run}`);
    const fresh = await openShop(http, createDiskCache({ directory }), registry);
    computed.cold.push(await computingOf(async () => cold.push(await timeCards(fresh))));
    await settled(directory, DEPENDENCIES);
    for (let again = 0; again < 3; again++) {
      const shop = await openShop(NO_NETWORK, createDiskCache({ directory }), registry);
      computed.warm.push(await computingOf(async () => warm.push(await timeCards(shop))));
      for (const name of NAMES) hovers.push(await timeOf(() => cardOf(shop, name)));
    }
  }
  return [
    row(`${DEPENDENCIES} cards, cold, ${LATENCY_MS} ms of latency`, medianOf(cold), 2_000),
    row(`${DEPENDENCIES} cards from the disk cache`, medianOf(warm), 100),
    row('cold: computing alone', medianOf(computed.cold), undefined),
    row('from the disk cache: computing alone', medianOf(computed.warm), undefined),
    row('hover on known facts, 95 of 100', figuresOf(hovers).p95, 5),
  ];
}

/** Measures the size on disk of a package with 3,000 versions. */
async function record(folder: string): Promise<Row> {
  const directory = join(folder, 'record');
  await writeRecords(createDiskCache({ directory }), ['@acme/large'], 3_000);
  const [file] = readdirSync(directory);
  const size = statSync(join(directory, file!)).size / 1_000;
  return { ...row('record of a package with 3,000 versions', size, 64), unit: 'kB' };
}

/** Measures that opening costs nothing however much is cached, and that a card reads only its own records. */
async function manyCached(folder: string): Promise<readonly Row[]> {
  const directory = join(folder, 'many');
  const names = Array.from({ length: CACHED }, (_, at) => `package-${at}`);
  await writeRecords(createDiskCache({ directory }), names, 60);
  const reads: string[] = [];
  const disk = createDiskCache({ directory });
  const counted: CachePort = {
    ...disk,
    read(key) {
      reads.push(key);
      return disk.read(key);
    },
  };
  const opening: number[] = [];
  const first: number[] = [];
  for (let run = 0; run < 9; run++) {
    let shop: Shop | undefined;
    opening.push(
      await timeOf(async () => {
        shop = await openShop(NO_NETWORK, counted, REGISTRY);
      }),
    );
    if (reads.length > 0) throw new Error('opening read the cache');
    const name = NAMES[run]!;
    first.push(await timeOf(() => cardOf(shop!, name)));
    const isForeign = (key: string) => !key.startsWith('keys ') && !key.split(' ').includes(name);
    if (reads.length === 0 || reads.splice(0).some(isForeign)) {
      throw new Error('a card read something else than its own records');
    }
  }
  return [
    row(`opening with ${CACHED} packages in the cache, of which none is read`, medianOf(opening), 50),
    row('the first card then, which reads its own records', medianOf(first), 20),
  ];
}

interface Shop {
  readonly session: Session;
  readonly owner: ProjectSnapshot;
}

async function openShop(http: HttpPort | undefined, cache: CachePort, publicRegistry: string): Promise<Shop> {
  const files: FilesPort = {
    read: async (uri) => (uri === MANIFEST ? { type: 'text', text: TEXT } : { type: 'missing' }),
    list: async (uri) => (uri === ROOT ? [{ name: 'package.json', type: 'file' }] : undefined),
  };
  const session = createSession({
    ...{ files, http, cache, publicRegistry, clock: systemClock, popularNames: () => '' },
    ...{ userNpmrc: undefined, globalNpmrc: undefined, environment: {} },
  });
  session.configure({ ...DEFAULT_SETTINGS, online: true, trusted: true });
  session.setFolders([ROOT]);
  const owner = await session.ensureProject(MANIFEST);
  if (owner === undefined) throw new Error('the project was not found');
  return { session, owner };
}

function timeCards(shop: Shop): Promise<number> {
  return timeOf(() => Promise.all(NAMES.map((name) => cardOf(shop, name))));
}

/**
 * Does what the server does for a hover; throws if the packument is missing, which would be an error of the benchmark.
 */
async function cardOf({ session, owner }: Shop, name: string): Promise<void> {
  const file = owner.files.get(MANIFEST)!;
  const target = hoverTarget(owner.project, file, TEXT.indexOf(`"${name}"`) + 1)!;
  const known = await session.packageFacts(owner.project, name, undefined);
  const { packument } = known;
  if (packument.state !== 'ready') throw new Error(`${name} is ${JSON.stringify(packument)}`);
  const context = { known, advisories: NO_ADVISORIES, findings: [], allChecked: true, now: Date.now() };
  const shown = hover(target, { project: owner.project, ...context });
  if (!hoverMarkdown(shown.card).includes('Published')) throw new Error('the card is empty');
}

/**
 * Returns the processor time of this process on all threads, which is more meaningful than the clock on a busy machine.
 */
async function computingOf(run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

async function writeRecords(cache: CachePort, names: readonly string[], versions: number): Promise<void> {
  const now = Date.now();
  for (const name of names) {
    const narrowed = narrowPackument(largePackument({ name, versions }), { name, now });
    if ('problem' in narrowed) throw new Error(narrowed.problem);
    const confirmed = { asOf: now, freshMs: 86_400_000, etag: '"1"', authenticated: false };
    const known = { value: narrowed.packument, ...confirmed };
    await cache.write(`packument ${REGISTRY} ${name}`, answerToRecord(known, PACKUMENT));
  }
}

/** Waits for the records, which are written after the answers. */
async function settled(directory: string, count: number): Promise<void> {
  while (readdirSync(directory).filter((name) => name.endsWith('.record')).length < count) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function row(what: string, ours: number, must: number | undefined): Row {
  return { what, unit: 'ms', ours, peer: undefined, theirs: undefined, must };
}
