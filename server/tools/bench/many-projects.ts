import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parsePopularNames } from '../../src/core/know/identity/popular-names.ts';
import type { Row } from './figures.ts';
import { type Heap, type RunningServer, startServer } from './language-server.ts';
import { json } from './lockfile-texts.ts';

const PROJECTS = 200;
const PACKAGES = 400;
const DIRECT = 40;
const EDITS = 5_000;
const FILES = ['package.json', 'package-lock.json'] as const;
const REGISTRY = 'https://registry.public.example.test/';

/** Where each file is edited. */
const FIELDS: Readonly<Record<(typeof FILES)[number], string>> = {
  'package.json': '": "^',
  'package-lock.json': '"version": "',
};

/**
 * Measures the language server's memory for 200 open projects: before, with all of them open, after 5,000 edits in
 * turn, and after they and their folder are closed.
 */
export async function manyProjectsRows(server: string, folder: string): Promise<readonly Row[]> {
  const parent = join(folder, 'many');
  for (let project = 0; project < PROJECTS; project++) writeProject(join(parent, `p${project}`), project);
  const kind = { name: 'ours', command: [server, '--stdio'], pull: true, initializationOptions: {} };
  const running = await startServer({ ...kind, reportsHeap: true }, pathToFileURL(parent).href);
  const places = new Map<string, Place>();
  for (let project = 0; project < PROJECTS; project++)
    await openProject(running, join(parent, `p${project}`), places);
  const open = await running.heap();
  const all = [...places];
  let half = open;
  for (let edit = 0; edit < EDITS; edit++) {
    if (edit === EDITS / 2) half = await idleHeap(running);
    const [uri, { line, from }] = all[(edit >> 1) % all.length]!;
    const isTyped = edit % 2 === 0;
    await running.edit(uri, line, from, isTyped ? from : from + 1, isTyped ? '9' : '');
  }
  const edited = await idleHeap(running);
  for (const uri of places.keys()) await running.close(uri);
  await running.closeFolder();
  const closed = { ...(await settledHeap(running)), resident: (await idleHeap(running)).resident };
  // Allocations that a server makes once in its life are included with one project as well.
  await openProject(running, join(parent, 'p0'), places);
  const one = await running.heap();
  await running.stop();
  return rowsOf({ open, half, edited, closed, one });
}

interface Place {
  readonly line: number;
  readonly from: number;
}

async function openProject(
  running: RunningServer,
  project: string,
  places: Map<string, Place>,
): Promise<void> {
  for (const name of FILES) {
    const text = readFileSync(join(project, name), 'utf8');
    const uri = pathToFileURL(join(project, name)).href;
    await running.open(uri, 'json', text);
    const lines = text.split('\n');
    const line = lines.findIndex((each, at) => at > lines.length / 3 && each.includes(FIELDS[name]));
    places.set(uri, { line, from: lines[line]!.indexOf(FIELDS[name]) + FIELDS[name].length });
  }
}

/**
 * Returns the heap once the memory of closed files is freed: a notification has no answer, and files are read
 * again first.
 */
export async function settledHeap(running: RunningServer): Promise<Heap> {
  let least = await running.heap();
  for (let same = 0; same < PATIENCE; same++) {
    await setTimeout(PAUSE_MS);
    const now = await running.heap();
    if (now.used < least.used * 0.99) same = 0;
    least = now;
  }
  return least;
}

/** Returns the memory once the server has given back what it does not need, after 20 seconds without work. */
async function idleHeap(running: RunningServer): Promise<Heap> {
  await setTimeout(IDLE_MS);
  return running.heap();
}

const IDLE_MS = 25_000;
const PATIENCE = 5;
const PAUSE_MS = 500;

interface Heaps {
  readonly open: Heap;
  /** After half of the edits. */
  readonly half: Heap;
  readonly edited: Heap;
  readonly closed: Heap;
  readonly one: Heap;
}

function rowsOf({ open, half, edited, closed, one }: Heaps): readonly Row[] {
  const what = `${PROJECTS} projects of ${PACKAGES} packages open`;
  const row = (
    name: string,
    ours: number,
    peer?: string,
    theirs?: number,
    limits: readonly [must?: number, stretch?: number] = [],
  ): Row => ({ ...{ what: name, unit: 'MiB', ours, peer, theirs, must: limits[0], stretch: limits[1] } });
  const after = `after ${EDITS} edits`;
  return [
    row(`${what}, heap`, open.used),
    row(`${what}, heap ${after}`, edited.used, 'after half of them', half.used, [1.1, 1.03]),
    row(`${what}, heap after closing all`, closed.used, 'one open', one.used, [1.5, 1.2]),
    row(`${what}, resident`, open.resident),
    row(`${what}, resident ${after}`, edited.resident, 'after half of them', half.resident, [1.3, 1.1]),
    row(`${what}, resident after closing all`, closed.resident, 'before', edited.resident),
  ];
}

function writeProject(folder: string, project: number): void {
  names ??= parsePopularNames(readFileSync(POPULAR, 'utf8')).names.filter((name) => !name.includes('/'));
  const dependencies: Record<string, string> = {};
  const root = { name: `p${project}`, version: '1.0.0' };
  const packages: Record<string, object> = { '': { ...root, dependencies } };
  for (let at = 0; at < PACKAGES; at++) {
    const name = names[at * 3]!;
    const version = `${(at % 5) + 1}.${(at + project) % 11}.${at % 7}`;
    if (at < DIRECT) dependencies[name] = `^${version}`;
    const next = at * 3 + DIRECT;
    packages[`node_modules/${name}`] = {
      version,
      resolved: `${REGISTRY}${name}/-/${name}-${version}.tgz`,
      integrity: `sha512-${Buffer.alloc(64, `${name} ${version}`).toString('base64')}`,
      license: 'MIT',
      ...(next < PACKAGES ? { dependencies: { [names[next * 3]!]: '*' } } : {}),
    };
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), json({ ...root, private: true, dependencies }));
  writeFileSync(
    join(folder, 'package-lock.json'),
    json({ ...root, lockfileVersion: 3, requires: true, packages }),
  );
}

let names: readonly string[] | undefined;
const POPULAR = join(import.meta.dirname, '../../data/popular-names.txt');
