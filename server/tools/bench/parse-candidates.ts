import { dirname } from 'node:path';
import { readBunLockfile } from '../../src/core/read/lockfile/bun/read-bun-lockfile.ts';
import type { Lockfile } from '../../src/core/read/lockfile/model/lockfile.ts';
import { readNpmLockfile } from '../../src/core/read/lockfile/npm/read-npm-lockfile.ts';
import { readPnpmLockfile } from '../../src/core/read/lockfile/pnpm/read-pnpm-lockfile.ts';
import { readYarnLockfile } from '../../src/core/read/lockfile/yarn/read-yarn-lockfile.ts';
import { scanJsonFloor, scanLinesFloor } from './floors.ts';
import { loadPeer } from './peers.ts';

/** Parses one text repeatedly; some peers read the file themselves. */
export type Parse = (text: string, file: string) => unknown;

const URI = 'file:///project/lock';

/** Everything that is measured on a text, loaded but not yet run. The key is passed to the measuring process. */
export const CANDIDATES = {
  npm: () => (text: string) => judged(readNpmLockfile(URI, text, 'package-lock')),
  pnpm: () => (text: string) => judged(readPnpmLockfile(URI, text)),
  yarn: () => (text: string) => judged(readYarnLockfile(URI, text)),
  bun: () => (text: string) => judged(readBunLockfile(URI, text)),
  'npm, all read': () => (text: string) => readAll(judged(readNpmLockfile(URI, text, 'package-lock'))),
  'pnpm, all read': () => (text: string) => readAll(judged(readPnpmLockfile(URI, text))),
  'json floor': () => scanJsonFloor,
  'lines floor': () => scanLinesFloor,
  'JSON.parse': () => (text: string) => JSON.parse(text) as unknown,
  parseTree: async () => {
    const { parseTree } = await loadPeer<{
      parseTree: (text: string, errors: unknown[], options: object) => unknown;
    }>('jsonc-parser');
    return (text: string) => parseTree(text, [], { allowTrailingComma: true });
  },
  parseEvents: async () => {
    const { parseEvents } = await loadPeer<{ parseEvents: (text: string, options: object) => unknown }>(
      'js-yaml',
    );
    return (text: string) => parseEvents(text, {});
  },
  yaml: async () => {
    const { parseAllDocuments } = await loadPeer<{ parseAllDocuments: (text: string) => unknown }>('yaml');
    return (text: string) => parseAllDocuments(text);
  },
  'lockfile.fs': async () => {
    const { readWantedLockfile } = await loadPeer<{
      readWantedLockfile: (folder: string, options: object) => Promise<unknown>;
    }>('@pnpm/lockfile.fs');
    return (_: string, file: string) => readWantedLockfile(dirname(file), { ignoreIncompatible: false });
  },
  parseSyml: async () => {
    const { parseSyml } = await loadPeer<{ parseSyml: (text: string) => unknown }>('@yarnpkg/parsers');
    return (text: string) => parseSyml(text);
  },
  'yarn parse': async () => {
    const { parse } = await loadPeer<{ parse: (text: string) => unknown }>('@yarnpkg/lockfile');
    return (text: string) => parse(text);
  },
} satisfies Record<string, () => Parse | Promise<Parse>>;

export type Candidate = keyof typeof CANDIDATES;

/** The product's own candidates. */
export const OURS: ReadonlySet<Candidate> = new Set([
  'npm',
  'pnpm',
  'yarn',
  'bun',
  'npm, all read',
  'pnpm, all read',
]);

/** Reads the status as well, which some readers compute on demand, as nothing works without it. */
function judged(lockfile: Lockfile): Lockfile {
  if (lockfile.status !== 'checked') throw new Error(`a ${lockfile.format} lockfile is ${lockfile.status}`);
  return lockfile;
}

/** Reads everything in each entry that rules read, so that nothing stays undecoded. */
function readAll({ entries }: Lockfile): number {
  let found = 0;
  for (const { name, source, version, resolved, integrity, edges } of entries) {
    found += name.length + source.length + edges.length;
    found += (version?.value.length ?? 0) + (resolved?.value.length ?? 0) + (integrity?.value.length ?? 0);
  }
  return found;
}
