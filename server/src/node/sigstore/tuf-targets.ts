import { mkdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import seeds from '@sigstore/tuf/seeds.json' with { type: 'json' };
import { BaseFetcher, Updater } from 'tuf-js';
import { DownloadHTTPError } from 'tuf-js/dist/error.js';
import type { HttpPort } from '../../engine/ports.ts';
import { readBoundedText } from '../files/read-bounded.ts';
import { replaceFile } from '../files/replace-file.ts';

/** A file that a repository of The Update Framework hands out. */
export interface TufTarget {
  readonly text: string;
  /** When the repository last confirmed what it hands out, in milliseconds since 1970. */
  readonly asOf: number;
}

export interface TufTargets {
  /** Undefined where the repository has no such file. Throws `NoTrustRoot` where that cannot be told. */
  read(name: string, online: boolean): Promise<TufTarget | undefined>;
}

export interface TufOptions {
  /** Where what was fetched is kept; undefined where nothing may be kept. */
  readonly directory: string | undefined;
  readonly http: HttpPort | undefined;
  /** A repository other than Sigstore's, and the first metadata by which it is trusted. */
  readonly repository?: TufRepository | undefined;
  now(): number;
}

export interface TufRepository {
  readonly url: string;
  readonly root: Buffer;
}

/** Why there is none: a clause. */
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
/** A failure is repeated for that time. */
const PAUSE_MS = 60 * 1000;

interface Known {
  readonly target: Promise<TufTarget | undefined>;
  readonly until: number;
  readonly online: boolean;
}

/** The last of what is under way in each folder, whoever asked for it. */
const underWay = new Map<string, Promise<unknown>>();

/**
 * What Sigstore hands out, by The Update Framework: a file counts only if it is signed and not expired, whoever serves
 * it. Each is asked for once a day at most, and one after the other, as they share what they keep.
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
    // The library leaves the file as it is where nothing changed.
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

/** As the library ships it, with the metadata that everything later is verified by. */
function sigstoreRepository(): TufRepository {
  const [url, seed] = Object.entries(seeds)[0]!;
  return { url, root: Buffer.from(seed['root.json'], 'base64') };
}

/** Over our own port, with its proxies and its limits. */
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
