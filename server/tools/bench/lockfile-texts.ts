import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Real lockfiles, if they are beside the checkout. */
export const CORPUS: string = join(import.meta.dirname, '../../../../shared/corpus');

/** Returns the text of a corpus lockfile, compressed or not; undefined if it is missing. */
export function corpusText(path: string): string | undefined {
  const file = join(CORPUS, path);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  return existsSync(`${file}.gz`) ? gunzipSync(readFileSync(`${file}.gz`)).toString('utf8') : undefined;
}

/** Does the same for any file. */
export function textOf(file: string): string {
  const bytes = readFileSync(file);
  return (basename(file).endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** The number of packages in the generated lockfile, and in one of 48 MB. */
export const MADE_UP = 30_604;
export const HUGE = 112_000;
const MEMBERS = 28;
const DIRECT = 40;
const REGISTRY = 'https://registry.public.example.test/';

/**
 * Writes a workspace larger than any real one, with a matching package-lock.json. Each member has packages of its own,
 * as one version is hoisted and all others are not.
 */
export function writeMadeUpProject(folder: string, count = MADE_UP): void {
  const each = count / MEMBERS;
  const packages: Record<string, object> = {
    '': { name: 'made-up', version: '1.0.0', workspaces: ['packages/*'] },
  };
  for (let member = 0; member < MEMBERS; member++) {
    const path = `packages/m${member}`;
    const dependencies = Object.fromEntries(
      range(0, DIRECT).map((at) => [nameOf(at), `^${versionOf(at, member)}`]),
    );
    const manifest = { name: `m${member}`, version: '1.0.0', dependencies };
    packages[`node_modules/m${member}`] = { resolved: path, link: true };
    packages[path] = manifest;
    for (let at = 0; at < each; at++)
      packages[`${path}/node_modules/${nameOf(at)}`] = entryOf(at, member, each);
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, 'package.json'), json({ ...manifest, private: true }));
  }
  const root = { name: 'made-up', version: '1.0.0' };
  writeFileSync(join(folder, 'package.json'), json({ ...root, private: true, workspaces: ['packages/*'] }));
  const lock = { ...root, lockfileVersion: 3, requires: true, packages };
  writeFileSync(join(folder, 'package-lock.json'), json(lock));
}

/** Returns an entry that depends on the next ones, in a tree with three branches per node. */
function entryOf(at: number, member: number, each: number): object {
  const name = nameOf(at);
  const version = versionOf(at, member);
  const first = at * 3 + DIRECT;
  const edges = range(first, Math.min(first + 3, each)).map((to) => [
    nameOf(to),
    `^${versionOf(to, member)}`,
  ]);
  return {
    version,
    resolved: `${REGISTRY}${name}/-/${name}-${version}.tgz`,
    integrity: `sha512-${hashOf(at * MEMBERS + member)}`,
    license: 'MIT',
    ...(edges.length === 0 ? {} : { dependencies: Object.fromEntries(edges) }),
    engines: { node: '>=18' },
  };
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
}

export function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

export function nameOf(at: number): string {
  return `${WORDS[at % WORDS.length]}-${WORDS[(at * 7 + 3) % WORDS.length]}-${at}`;
}

const WORDS =
  'acorn buffer cache decode emitter frame glob hash index join keys lines merge node object parse'.split(
    ' ',
  );

function versionOf(at: number, member: number): string {
  return `${member + 1}.${at % 31}.${at % 7}`;
}

/** Returns 64 bytes that are unique to the package, in base64. */
function hashOf(at: number): string {
  const bytes = Buffer.alloc(64);
  for (let word = 0; word < 16; word++)
    bytes.writeUInt32LE(Math.imul(at + 1, 2654435761 + word * 97) >>> 0, word * 4);
  return bytes.toString('base64');
}
