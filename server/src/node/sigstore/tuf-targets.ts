import { mkdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import seeds from '@sigstore/tuf/seeds.json' with { type: 'json' };
import { BaseFetcher, Updater } from 'tuf-js';
import { DownloadHTTPError } from 'tuf-js/dist/error.js';
import type { HttpPort } from '../../engine/ports.ts';
import { readBoundedText } from '../files/read-bounded.ts';
import { replaceFile } from '../files/replace-file.ts';

/** A target file of a TUF repository (The Update Framework). */
export interface TufTarget {
  readonly text: string;
  /** When the repository last confirmed the file, in milliseconds since 1970. */
  readonly asOf: number;
}

export interface TufTargets {
  /** Returns undefined if the repository does not have the file. Throws `NoTrustRoot` if that is unknown. */
  read(name: string, online: boolean): Promise<TufTarget | undefined>;
}

export interface TufOptions {
  /** The directory of cached files; undefined if none may be kept. */
  readonly directory: string | undefined;
  readonly http: HttpPort | undefined;
  /** A repository other than Sigstore's, with the initial metadata for its trust. */
  readonly repository?: TufRepository | undefined;
  now(): number;
}

export interface TufRepository {
  readonly url: string;
  readonly root: Buffer;
}

/** Why there is none, as a clause. */
export class NoTrustRoot extends Error {
  readonly reason: 'failed' | 'offline' | 'unreachable';

  constructor(message: string, reason: NoTrustRoot['reason'] = 'failed') {
    super(message);
    this.reason = reason;
  }
}

const DAY = 24 * 60 * 60 * 1000;
const TIMEOUT_MS = 10_000;
const MAX_BYTES = 5 * 1024 * 1024;
/** How long a failure is cached. */
const PAUSE_MS = 60 * 1000;

interface Known {
  readonly target: Promise<TufTarget | undefined>;
  readonly until: number;
  readonly online: boolean;
}

/** The last pending operation in each folder, whoever requested it. */
const underWay = new Map<string, Promise<unknown>>();

/**
 * Creates the client of Sigstore's repository, which uses The Update Framework: a file counts only if it is signed and
 * not expired, whoever serves it. Each is requested at most once a day, one after the other, as they share a cache.
 */
export function createTufTargets(options: TufOptions): TufTargets {
  const known = new Map<string, Known>();
  const place = options.directory ?? '';
  return {
    read(name, online) {
      const now = options.now();
      const before = known.get(name);
      if (before !== undefined && now < before.until && (before.online || !online)) return before.target;
      const target = (underWay.get(place) ?? Promise.resolve()).then(() => fetched(name, options, online));
      underWay.set(
        place,
        target.catch(() => undefined),
      );
      const mine = { target, until: Number.POSITIVE_INFINITY, online };
      const keepUntil = (until: number) => {
        if (known.get(name) === mine) known.set(name, { ...mine, until });
      };
      known.set(name, mine);
      target.then(
        (found) => keepUntil((found?.asOf ?? now) + DAY),
        () => keepUntil(now + PAUSE_MS),
      );
      return target;
    },
  };
}

async function fetched(name: string, options: TufOptions, online: boolean): Promise<TufTarget | undefined> {
  const { directory, http, repository = sigstoreRepository(), now } = options;
  if (directory === undefined) throw new NoTrustRoot("there is no folder to keep Sigstore's keys in");
  const targetDir = join(directory, 'targets');
  const timestamp = join(directory, 'timestamp.json');
  try {
    await mkdir(targetDir, { recursive: true, mode: 0o700 });
    const root = join(directory, 'root.json');
    if ((await modified(root)) === undefined) await replaceFile(root, repository.root, { mode: 0o600 });
    const asked = await modified(timestamp);
    const isKept = !online || (asked !== undefined && now() - asked < DAY && asked <= now());
    const updater = new Updater({
      metadataDir: directory,
      metadataBaseUrl: repository.url,
      targetDir,
      targetBaseUrl: `${repository.url}/targets`,
      forceCache: isKept,
      fetcher: new PortFetcher(online ? http : undefined),
    });
    const target = await updater.getTargetInfo(name);
    // The library does not touch the file if nothing changed.
    if (!isKept) await utimes(timestamp, now() / 1000, now() / 1000);
    if (target === undefined) return undefined;
    const path = (await updater.findCachedTarget(target)) ?? (await updater.downloadTarget(target));
    const text = await readBoundedText(path, { maxBytes: MAX_BYTES });
    return { text, asOf: Math.min(isKept ? (asked ?? 0) : now(), now()) };
  } catch (error) {
    if (error instanceof NoTrustRoot) throw error;
    if (!online) throw new NoTrustRoot("offline: Sigstore's keys are not at hand", 'offline');
    throw new NoTrustRoot("Sigstore's keys could not be fetched");
  }
}

async function modified(file: string): Promise<number | undefined> {
  return (await stat(file).catch(() => undefined))?.mtimeMs;
}

/** Returns the repository with the initial metadata shipped in the library, by which everything later is verified. */
function sigstoreRepository(): TufRepository {
  const [url, seed] = Object.entries(seeds)[0]!;
  return { url, root: Buffer.from(seed['root.json'], 'base64') };
}

/** Fetches through our own port, with its proxies and limits. */
class PortFetcher extends BaseFetcher {
  readonly #http: HttpPort | undefined;

  constructor(http: HttpPort | undefined) {
    super();
    this.#http = http;
  }

  override async fetch(url: string): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    if (this.#http === undefined)
      throw new NoTrustRoot("offline: Sigstore's keys are not at hand", 'offline');
    const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, signal: undefined };
    const result = await this.#http.get({ url, headers: { accept: '*/*' }, ...limits });
    if (result.type !== 'answer') {
      const isOffline = result.type === 'failed' && result.unreachable === true;
      const detail = isOffline ? 'Sigstore cannot be reached' : "Sigstore's keys could not be fetched";
      throw new NoTrustRoot(detail, isOffline ? 'unreachable' : 'failed');
    }
    if (result.status !== 200) throw new DownloadHTTPError('Failed to download', result.status);
    return new Blob([result.body]).stream();
  }
}
