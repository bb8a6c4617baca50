import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import seeds from '@sigstore/tuf/seeds.json' with { type: 'json' };
import { BaseFetcher, Updater } from 'tuf-js';
import { DownloadHTTPError } from 'tuf-js/dist/error.js';
import type { HttpPort } from '../../engine/ports.ts';

/** What bundles are verified by: the keys and certificates of Sigstore, as JSON. */
export interface TrustRoot {
  /** Throws `NoTrustRoot` where it cannot be had. */
  load(online: boolean): Promise<unknown>;
}

export interface TrustRootOptions {
  /** A file that holds it, which the user names instead of Sigstore's. */
  readonly file: string | undefined;
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
  readonly offline: boolean;

  constructor(message: string, offline = false) {
    super(message);
    this.offline = offline;
  }
}

const TARGET = 'trusted_root.json';
const DAY = 24 * 60 * 60 * 1000;
const TIMEOUT_MS = 10_000;
const MAX_BYTES = 5 * 1024 * 1024;
/** A failure is repeated for that time. */
const PAUSE_MS = 60 * 1000;

/**
 * Sigstore's trust root by its own way of handing it out, The Update Framework: what is served counts only if it is
 * signed and not expired, whoever serves it. Asked for once a day at most. Without an answer nothing is trusted.
 */
export function createTrustRoot(options: TrustRootOptions): TrustRoot {
  let known:
    | { readonly value: Promise<unknown>; readonly until: number; readonly online: boolean }
    | undefined;
  return {
    load(online) {
      const now = options.now();
      if (known !== undefined && now < known.until && (known.online || !online)) return known.value;
      const value = options.file === undefined ? fetched(options, online) : fromFile(options.file);
      known = { value, until: now + DAY, online };
      const mine = known;
      value.catch(() => {
        if (known === mine) known = { ...mine, until: now + PAUSE_MS };
      });
      return value;
    },
  };
}

async function fromFile(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    throw new NoTrustRoot('the file that holds the trusted root cannot be read');
  }
}

async function fetched(options: TrustRootOptions, online: boolean): Promise<unknown> {
  const { directory, http, repository = sigstoreRepository(), now } = options;
  if (directory === undefined) throw new NoTrustRoot("there is no folder to keep Sigstore's keys in");
  const targetDir = join(directory, 'targets');
  try {
    await mkdir(targetDir, { recursive: true, mode: 0o700 });
    const root = join(directory, 'root.json');
    if ((await stat(root).catch(() => undefined)) === undefined) {
      await writeFile(root, repository.root, { mode: 0o600 });
    }
    const asked = await stat(join(directory, 'timestamp.json')).catch(() => undefined);
    const isRecent = asked !== undefined && now() - asked.mtimeMs < DAY && asked.mtimeMs <= now();
    const updater = new Updater({
      metadataDir: directory,
      metadataBaseUrl: repository.url,
      targetDir,
      targetBaseUrl: `${repository.url}/targets`,
      forceCache: isRecent || !online,
      fetcher: new PortFetcher(online ? http : undefined),
    });
    const target = await updater.getTargetInfo(TARGET);
    if (target === undefined) throw new NoTrustRoot("Sigstore's repository has no trusted root");
    const path = (await updater.findCachedTarget(target)) ?? (await updater.downloadTarget(target));
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof NoTrustRoot) throw error;
    if (!online) throw new NoTrustRoot("offline: Sigstore's keys are not at hand", true);
    throw new NoTrustRoot("Sigstore's keys could not be fetched");
  }
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
    if (this.#http === undefined) throw new NoTrustRoot("offline: Sigstore's keys are not at hand", true);
    const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, signal: undefined };
    const result = await this.#http.get({ url, headers: { accept: '*/*' }, ...limits });
    if (result.type !== 'answer') {
      const isOffline = result.type === 'failed' && result.unreachable === true;
      const detail = isOffline
        ? 'offline: Sigstore cannot be reached'
        : "Sigstore's keys could not be fetched";
      throw new NoTrustRoot(detail, isOffline);
    }
    if (result.status !== 200) throw new DownloadHTTPError('Failed to download', result.status);
    return new Blob([result.body]).stream();
  }
}
