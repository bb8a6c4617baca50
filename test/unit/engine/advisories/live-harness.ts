import type { AdvisorySourceState } from '../../../../server/src/core/know/advisory/advisories.ts';
import { joinUri } from '../../../../server/src/core/read/text/paths/uri.ts';
import { createSession, type ObservedSession } from '../../../../server/src/engine/create-session.ts';
import type {
  CachePort,
  CacheRecord,
  HttpPost,
  HttpRequest,
  HttpResult,
  Ports,
} from '../../../../server/src/engine/ports.ts';
import type { Diagnosis } from '../../../../server/src/engine/session.ts';
import { DEFAULT_SETTINGS, type EngineSettings } from '../../../../server/src/engine/settings.ts';
import { ROOT, TEST_REGISTRY, testPorts, type WorkspaceOptions } from '../../../workspace.ts';

export const BULK = '-/npm/v1/security/advisories/bulk';
export const PUBLIC_BULK = `${TEST_REGISTRY}${BULK}`;
export const HOUR = 60 * 60 * 1000;
export const NOON = Date.parse('2026-11-24T12:00:00Z');

/** A response to a POST: JSON, a status, or a whole result. */
export type Reply = object | number | HttpResult;

export interface LiveOptions extends WorkspaceOptions {
  readonly settings?: Partial<EngineSettings>;
  /** Called for each POST; documents are all missing by default. */
  readonly reply?: (request: HttpPost) => Reply | Promise<Reply>;
  readonly get?: (request: HttpRequest) => Reply;
  readonly cache?: Map<string, CacheRecord>;
  readonly ports?: Partial<Ports>;
}

export interface Live {
  readonly session: ObservedSession;
  readonly posts: HttpPost[];
  readonly gets: HttpRequest[];
  readonly cache: Map<string, CacheRecord>;
  /** Returns the names and versions of each request, by URL. */
  asked(): [url: string, body: unknown][];
  pass(milliseconds: number): void;
  diagnose(path?: string): Diagnosis;
  sources(): readonly AdvisorySourceState[];
  /** `source host state: detail (unanswered)` */
  reported(): string[];
  ids(name: string, version: string): string[];
}

/** Opens a trusted online session over files in memory, with a registry that is queried for advisories. */
export async function openLive(files: Record<string, string>, options: LiveOptions = {}): Promise<Live> {
  const posts: HttpPost[] = [];
  const gets: HttpRequest[] = [];
  const cache = options.cache ?? new Map<string, CacheRecord>();
  let now = NOON;
  const cachePort: CachePort = {
    read: async (key) => cache.get(key),
    write: async (key, record) => void cache.set(key, record),
    confirm: async () => {},
  };
  const base = testPorts(new Map(Object.entries(files)), options);
  const session = createSession({
    ...base,
    clock: { now: () => now, wait: async () => {} },
    cache: cachePort,
    http: {
      get: async (request) => {
        gets.push(request);
        return resultOf(options.get?.(request) ?? 404);
      },
      post: async (request) => {
        posts.push(request);
        return resultOf((await options.reply?.(request)) ?? {});
      },
    },
    ...options.ports,
  });
  session.configure({ ...DEFAULT_SETTINGS, online: true, trusted: true, ...options.settings });
  session.setFolders([ROOT]);
  await session.loadFolder(ROOT);
  const project = () => session.snapshot().projects[0]!;
  return {
    session,
    posts,
    gets,
    cache,
    asked: () => posts.map(({ url, json }) => [url, JSON.parse(json) as unknown]),
    pass: (milliseconds) => {
      now += milliseconds;
    },
    diagnose: (path = 'package-lock.json') => session.snapshot().diagnose(joinUri(ROOT, path)),
    sources: () => project().advisories.sources,
    reported: () =>
      project().advisories.sources.map(({ source, host, state, detail, unanswered }) => {
        const where = host === undefined ? source : `${source} ${host}`;
        const why = detail === undefined ? '' : `: ${detail}`;
        return `${where} ${state}${why}${unanswered === 0 ? '' : ` (${unanswered})`}`;
      }),
    ids: (name, version) =>
      project()
        .advisories.affecting(name, version)
        .map(({ id }) => id),
  };
}

function resultOf(reply: Reply): HttpResult {
  if (typeof reply === 'number') return { type: 'answer', status: reply, headers: new Map(), body: '{}' };
  if ('type' in reply) return reply as HttpResult;
  return { type: 'answer', status: 200, headers: new Map(), body: JSON.stringify(reply) };
}

/** Returns an npm lockfile with these packages, all of them direct dependencies. */
export function lockfile(packages: Readonly<Record<string, string>>): string {
  const entries = Object.entries(packages).map(([name, version]) => [`node_modules/${name}`, { version }]);
  const root = { name: 'shop', dependencies: packages };
  return JSON.stringify({
    name: 'shop',
    lockfileVersion: 3,
    packages: { '': root, ...Object.fromEntries(entries) },
  });
}

/** Returns an npm project with these packages in its manifest and lockfile. */
export function project(packages: Readonly<Record<string, string>>): Record<string, string> {
  return {
    'package.json': JSON.stringify({ name: 'shop', private: true, dependencies: packages }),
    'package-lock.json': lockfile(packages),
  };
}

/** Returns a bulk endpoint's entry for one range. */
export function entry(ghsa: string, range: string, more: object = {}): object {
  return {
    id: 1000000 + ghsa.charCodeAt(5),
    url: `https://advisories.example.test/${ghsa}`,
    title: `Something bad (${ghsa})`,
    severity: 'high',
    vulnerable_versions: range,
    cwe: ['CWE-1321'],
    cvss: { score: 7.5, vectorString: null },
    ...more,
  };
}
