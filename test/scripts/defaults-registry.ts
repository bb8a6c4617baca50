import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { markerTarball } from '../attacks/marker-tarball.ts';
import { type Published, packumentOf } from '../attacks/packages.ts';

/** The packages of the registry, by what a manager has to decide about them. */
export const PACKAGES = {
  /** 1.0.0 is old, and 1.1.0 an hour. */
  young: 'young-release',
  /** Without publication times. */
  undated: 'undated-release',
  /** Depends on a package from a URL, and from git. */
  remote: 'takes-from-url',
  git: 'takes-from-git',
} as const;

/** The names of the packages from elsewhere. */
export const ELSEWHERE = { remote: 'from-url', git: 'from-git' } as const;

export interface DefaultsRegistry {
  readonly url: string;
  close(): void;
}

/** Starts a registry on loopback that also serves a git repository and a tarball from outside of any registry. */
export async function startDefaultsRegistry(folder: string): Promise<DefaultsRegistry> {
  const repository = makeRepository(folder);
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const archives = new Map<string, Buffer>();
  const publish = (name: string, version: string, rest: object = {}): Published => {
    const manifest = { name, version, ...rest };
    const bytes = markerTarball(manifest, { 'index.js': '' });
    archives.set(`/${name}/-/${name}-${version}.tgz`, bytes);
    return { name, version, manifest, bytes };
  };
  const documents = new Map<string, () => object>();
  const server = createServer(({ url: path = '' }, response) => {
    const name = path.slice(1).split('?')[0]!;
    const body =
      archives.get(path) ??
      (documents.has(name) ? JSON.stringify(documents.get(name)!()) : gitFile(folder, path.split('?')[0]!));
    response.statusCode = body === undefined ? 404 : 200;
    if (typeof body === 'string') response.setHeader('content-type', 'application/json');
    response.end(body ?? '{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  archives.set(
    '/elsewhere/from-url.tgz',
    markerTarball({ name: ELSEWHERE.remote, version: '1.0.0' }, { 'index.js': '' }),
  );

  const young = [publish(PACKAGES.young, '1.1.0'), publish(PACKAGES.young, '1.0.0')];
  documents.set(PACKAGES.young, () => {
    const document = packumentOf(young, url()) as { time: Record<string, string> };
    const now = new Date(Date.now() - 3_600_000).toISOString();
    return { ...document, modified: now, time: { ...document.time, modified: now, '1.1.0': now } };
  });
  const undated = [publish(PACKAGES.undated, '1.0.0')];
  documents.set(PACKAGES.undated, () => {
    const { time: _, modified: __, ...document } = packumentOf(undated, url()) as Record<string, unknown>;
    return document;
  });
  const sources = {
    remote: `${url()}elsewhere/from-url.tgz`,
    git: `git+${url()}${repository}#v1.0.0`,
  };
  for (const kind of ['remote', 'git'] as const) {
    const dependent = publish(PACKAGES[kind], '1.0.0', {
      dependencies: { [ELSEWHERE[kind]]: sources[kind] },
    });
    documents.set(PACKAGES[kind], () => packumentOf([dependent], url()));
  }
  return { url: url(), close: () => void server.close() };
}

function gitFile(folder: string, path: string): Buffer | undefined {
  const file = normalize(join(folder, path));
  if (!file.startsWith(join(folder, 'from-git.git'))) return undefined;
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function makeRepository(folder: string): string {
  const work = join(folder, 'from-git-work');
  mkdirSync(work, { recursive: true });
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.test', ...args], { cwd: work });
  git('init', '--quiet', '--initial-branch=main');
  writeFileSync(join(work, 'package.json'), JSON.stringify({ name: ELSEWHERE.git, version: '1.0.0' }));
  writeFileSync(join(work, 'index.js'), '');
  git('add', '--all');
  git('commit', '--quiet', '--message=one');
  git('tag', 'v1.0.0');
  git('clone', '--quiet', '--bare', '.', join(folder, 'from-git.git'));
  execFileSync('git', ['update-server-info'], { cwd: join(folder, 'from-git.git') });
  return 'from-git.git';
}
