import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { medianOf, type Row } from './figures.ts';
import { corpusText, MADE_UP, writeMadeUpProject } from './lockfile-texts.ts';
import type { Candidate } from './parse-candidates.ts';
import { peerName } from './peers.ts';

const ROUNDS = 5;

/** The inputs for one format: real files, our reader, the floor, and each peer with the limits of its ratio. */
interface Format {
  readonly what: string;
  readonly files: readonly string[];
  readonly ours: Candidate;
  /** The same with everything in the model read; for information. */
  readonly allRead?: Candidate;
  readonly floor: Candidate;
  readonly peers: readonly Peer[];
}

interface Peer {
  readonly candidate: Candidate;
  readonly name: string;
  readonly must: number;
  readonly stretch: number;
  /** Limits of the first call in a new process. */
  readonly cold?: { readonly must: number; readonly stretch: number };
}

const parseTree = (must: number, stretch: number, cold?: Peer['cold']): Peer => ({
  ...{ candidate: 'parseTree', name: peerName('jsonc-parser'), must, stretch },
  ...(cold === undefined ? {} : { cold }),
});

function formats(): readonly Format[] {
  return [
    {
      what: 'package-lock.json of 1 MB and more',
      files: [
        'hoppscotch-npm-v2/package-lock.json',
        'opentelemetry-js-contrib-npm-v2/package-lock.json',
        'create-react-app-npm-v2/package-lock.json',
        'npm-documentation-npm-v3/package-lock.json',
        'documenso-npm-v3/package-lock.json',
      ],
      ours: 'npm',
      allRead: 'npm, all read',
      floor: 'json floor',
      peers: [
        parseTree(0.3, 0.15, { must: 0.6, stretch: 0.35 }),
        {
          candidate: 'JSON.parse',
          name: `JSON.parse, Node.js ${process.versions.node}`,
          must: 2,
          stretch: 1,
        },
      ],
    },
    {
      what: 'package-lock.json of npm 6',
      files: ['hoppscotch-npm-v1/package-lock.json', 'excalidraw-npm-v1/package-lock.json'],
      ours: 'npm',
      floor: 'json floor',
      peers: [parseTree(0.3, 0.15)],
    },
    {
      what: 'pnpm-lock.yaml',
      files: [
        'pnpm-many-deps-pnpm-v9/pnpm-lock.yaml',
        'rushstack-pnpm-v9/pnpm-lock.yaml',
        'vite-pnpm-v9/pnpm-lock.yaml',
      ],
      ours: 'pnpm',
      allRead: 'pnpm, all read',
      floor: 'lines floor',
      peers: [
        { candidate: 'parseEvents', name: peerName('js-yaml'), must: 0.5, stretch: 0.25 },
        { candidate: 'yaml', name: peerName('yaml'), must: 0.04, stretch: 0.02 },
        { candidate: 'lockfile.fs', name: peerName('@pnpm/lockfile.fs'), must: 0.4, stretch: 0.2 },
      ],
    },
    {
      what: 'yarn.lock of Yarn 2 and later',
      files: ['discordjs-berry-v6/yarn.lock', 'jest-berry-v10/yarn.lock'],
      ours: 'yarn',
      floor: 'lines floor',
      peers: [{ candidate: 'parseSyml', name: peerName('@yarnpkg/parsers'), must: 0.5, stretch: 0.25 }],
    },
    {
      what: 'yarn.lock of Yarn 1',
      files: ['astro-yarn-v1/yarn.lock', 'excalidraw-yarn-v1/yarn.lock'],
      ours: 'yarn',
      floor: 'lines floor',
      peers: [{ candidate: 'yarn parse', name: peerName('@yarnpkg/lockfile'), must: 0.35, stretch: 0.15 }],
    },
    {
      what: 'bun.lock',
      files: ['hono-bun-v1/bun.lock', 'knip-bun-v1/bun.lock'],
      ours: 'bun',
      floor: 'json floor',
      peers: [parseTree(0.6, 0.3)],
    },
  ];
}

/**
 * Measures parsing of each format into its model; of several files, the one with the worst ratio is shown. Texts are
 * decompressed into `folder`, as some peers read files themselves.
 */
export function parseRows(folder: string): readonly Row[] {
  return [...formats().flatMap((format) => rowsOf(format, folder)), ...memoryRows(folder), largeRow(folder)];
}

function rowsOf({ what, files, ours, allRead, floor, peers }: Format, folder: string): readonly Row[] {
  const there = files.flatMap((path) => unpacked(path, folder) ?? []);
  if (there.length === 0) return [];
  const candidates = [
    ours,
    floor,
    ...peers.map(({ candidate }) => candidate),
    ...(allRead === undefined ? [] : [allRead]),
  ];
  const measured = there.map((file) => ({ file, times: timesOf(candidates, file) }));
  const rows: Row[] = [];
  const add = (label: string, own: Candidate, peer: Peer, at: 'first' | 'warm', limits: Limits) => {
    const ratio = ({ times }: Measured) => times.get(own)![at] / times.get(peer.candidate)![at];
    const { file, times } = measured.toSorted((a, b) => ratio(b) - ratio(a))[0]!;
    rows.push({
      what: `${label} (${basename(join(file, '..'))})`,
      unit: 'ms',
      ours: times.get(own)![at],
      peer: peer.name,
      theirs: times.get(peer.candidate)![at],
      floor: times.get(floor)![at],
      must: limits.must,
      stretch: limits.stretch,
    });
  };
  for (const peer of peers) {
    add(`${what}, warm`, ours, peer, 'warm', peer);
    if (peer.cold !== undefined) add(`${what}, first call of a process`, ours, peer, 'first', peer.cold);
  }
  if (allRead !== undefined)
    add(`${what}, warm, and every value and edge asked for`, allRead, peers[0]!, 'warm', { must: undefined });
  return rows;
}

interface Limits {
  readonly must: number | undefined;
  readonly stretch?: number;
}

interface Times {
  readonly first: number;
  readonly warm: number;
}

interface Measured {
  readonly file: string;
  readonly times: ReadonlyMap<Candidate, Times>;
}

/**
 * Measures each candidate in separate processes, all in turn, so that other load on the machine affects all
 * of them alike.
 */
function timesOf(candidates: readonly Candidate[], file: string): ReadonlyMap<Candidate, Times> {
  const rounds = new Map(candidates.map((candidate) => [candidate, [] as Times[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const candidate of candidates) {
      const { first } = measured('first', candidate, file) as Pick<Times, 'first'>;
      const { warm } = measured('warm', candidate, file) as Pick<Times, 'warm'>;
      rounds.get(candidate)!.push({ first, warm });
    }
  }
  return new Map(
    [...rounds].map(([candidate, times]) => [
      candidate,
      { first: medianOf(times.map(({ first }) => first)), warm: medianOf(times.map(({ warm }) => warm)) },
    ]),
  );
}

function measured(mode: 'first' | 'warm' | 'memory', candidate: Candidate, file: string): unknown {
  const program = join(import.meta.dirname, 'parse-process.ts');
  const flags = mode === 'memory' ? ['--expose-gc'] : [];
  const output = execFileSync(process.execPath, [...flags, program, mode, candidate, file], {
    encoding: 'utf8',
  });
  return JSON.parse(output.slice(output.lastIndexOf('\n{') + 1));
}

/** Measures the memory of a model, without the text. */
function memoryRows(folder: string): readonly Row[] {
  const files = ['hoppscotch-npm-v2/package-lock.json', 'npm-documentation-npm-v3/package-lock.json'];
  return files.flatMap((path): readonly Row[] => {
    const file = unpacked(path, folder);
    if (file === undefined) return [];
    const mebibytes = (candidate: Candidate) =>
      (measured('memory', candidate, file) as { readonly kept: number }).kept / 2 ** 20;
    return [
      {
        what: `package-lock.json, memory kept (${basename(join(path, '..'))})`,
        unit: 'MiB',
        ours: mebibytes('npm'),
        peer: peerName('jsonc-parser'),
        theirs: mebibytes('parseTree'),
        floor: mebibytes('json floor'),
        must: 0.3,
        stretch: 0.15,
      },
    ];
  });
}

function largeRow(folder: string): Row {
  const large = join(folder, 'made-up');
  mkdirSync(large, { recursive: true });
  writeMadeUpProject(large);
  const file = join(large, 'package-lock.json');
  const times = timesOf(['npm', 'json floor', 'parseTree'], file);
  return {
    what: `package-lock.json of ${MADE_UP} packages, ${(readFileSync(file).length / 1e6).toFixed(1)} MB, first call of a process`,
    unit: 'ms',
    ours: times.get('npm')!.first,
    peer: peerName('jsonc-parser'),
    theirs: times.get('parseTree')!.first,
    floor: times.get('json floor')!.first,
    // 100 ms on a machine where the floor took 26.5 ms, or 3.8 times the floor. jsonc-parser takes 9.8 times the floor.
    must: 0.39,
    stretch: 0.2,
  };
}

function unpacked(path: string, folder: string): string | undefined {
  const text = corpusText(path);
  if (text === undefined) return undefined;
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  return file;
}
