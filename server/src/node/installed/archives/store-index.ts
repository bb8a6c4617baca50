import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseJson } from '../../../core/know/registry/documents/document-kind.ts';
import { asObject, asText, member } from '../../../core/know/registry/documents/json-value.ts';
import { hashesOf } from '../../../core/read/lockfile/model/entry-hashes.ts';
import { readHash } from '../../../core/read/lockfile/record/hash-list.ts';
import { isPathWithin } from '../../files/is-path-within.ts';
import { readBoundedText } from '../../files/read-bounded.ts';
import { type Archive, type ArchiveSource, declaresScripts } from './archive.ts';
import { readMsgpack } from './read-msgpack.ts';
import { namesIn } from './tarball-caches.ts';

const MAX_INDEX = 64 * 1024 * 1024;
const MAX_PATH = 4096;

/**
 * Reads the index of pnpm's store: the hash of each file of a package, by the hash of its tarball. A store inside of the
 * project may come with it, and is no evidence.
 */
export async function storeIndex(root: string): Promise<ArchiveSource | undefined> {
  const store = await storeOf(root);
  if (store === undefined || isPathWithin(await realpath(root), store)) return undefined;
  const database = join(store, 'index.db');
  if (existsSync(database)) return databaseIndex(database);
  return {
    async find(entry) {
      for (const digest of hashesOf(entry).get('sha512') ?? []) {
        const found = await fileIndex(store, digest);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

/**
 * Returns where the store that the install came from really is. Its path is in JSON, or in YAML as earlier versions wrote
 * it.
 */
async function storeOf(root: string): Promise<string | undefined> {
  const path = join(root, 'node_modules', '.modules.yaml');
  const text = await readBoundedText(path, { maxBytes: MAX_INDEX }).catch(() => '');
  const json = asText(member(asObject(parseJson(text)), 'storeDir'), MAX_PATH);
  const named = json ?? /^storeDir: '?([^'\n]+)'?$/m.exec(text)?.[1];
  // A workspace must not have another machine asked for a file: `\\\\host\\share`.
  if (named === undefined || !isAbsolute(named) || /^[\\/]{2}/.test(named)) return undefined;
  return realpath(named).catch(() => undefined);
}

/** The index of a package is a file that is named after its tarball. */
async function fileIndex(store: string, digest: string): Promise<Archive | undefined> {
  const folder = digest.slice(0, 2);
  const begin = digest.slice(2, 64);
  const name = namesIn(join(store, 'index', folder)).find((each) => each.startsWith(begin));
  const path =
    name === undefined
      ? join(store, 'files', folder, `${digest.slice(2)}-index.json`)
      : join(store, 'index', folder, name);
  const text = await readBoundedText(path, { maxBytes: MAX_INDEX }).catch(() => undefined);
  const index = text === undefined ? undefined : asObject(parseJson(text));
  const files = asObject(member(index, 'files'));
  if (files === undefined) return undefined;
  const digests = new Map<string, string>();
  for (const [file, about] of Object.entries(files)) {
    const hash = readHash(asText(member(asObject(about), 'integrity'), MAX_PATH) ?? '');
    if (hash.algorithm === 'sha512') digests.set(file, hash.digest);
  }
  return {
    files: digests,
    manifest: undefined,
    hasScripts: member(index, 'requiresBuild') !== false || digests.has('binding.gyp'),
  };
}

/** Since pnpm 11 the index is a table in SQLite, whose rows are MessagePack. */
async function databaseIndex(path: string): Promise<ArchiveSource | undefined> {
  const sqlite = process.getBuiltinModule('node:sqlite');
  if (sqlite === undefined) return undefined;
  const url = pathToFileURL(path);
  // Nothing beside the file is read or written.
  url.searchParams.set('immutable', '1');
  let rows: (key: string) => unknown;
  try {
    const database = new sqlite.DatabaseSync(url, { readOnly: true });
    const statement = database.prepare('select data from package_index where key > ? and key < ? limit 1');
    // The hash is followed by a tab and the name.
    rows = (key) => statement.get(`${key}\t`, `${key}\n`)?.data;
  } catch {
    return undefined;
  }
  return {
    async find(entry) {
      const { integrity } = entry;
      if (integrity === undefined) return undefined;
      try {
        const data = rows(integrity.value.trim());
        return data instanceof Uint8Array ? packedArchive(data) : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

function packedArchive(data: Uint8Array): Archive | undefined {
  const index = asObject(readMsgpack(data));
  const files = asObject(member(index, 'files'));
  if (files === undefined || member(index, 'algo') !== 'sha512') return undefined;
  const digests = new Map<string, string>();
  for (const [file, about] of Object.entries(files)) {
    const digest = asText(member(asObject(about), 'digest'), MAX_PATH);
    if (digest !== undefined) digests.set(file, digest);
  }
  const manifest = JSON.stringify(member(index, 'manifest') ?? {});
  const hasScripts = member(index, 'requiresBuild') !== false || declaresScripts(manifest);
  return { files: digests, manifest: undefined, hasScripts: hasScripts || digests.has('binding.gyp') };
}
