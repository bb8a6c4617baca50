import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Row } from './figures.ts';
import { costsOf } from './whole-process.ts';

const REPOSITORIES = 20;
/** So many that the start of Node, a large part of a second run, is a small part of a first one. */
const COMMITS = 400;
const PACKAGES = 1_350;
/** The names of a list as long as that of a large worm. */
const LISTED = 5_000;

export interface IncidentBench {
  /** The built command line. */
  readonly cli: string;
  readonly folder: string;
  readonly repositories?: number;
  readonly commits?: number;
}

/**
 * Measures `incident --history` over generated repositories whose lockfile of 400 kB changes with each commit, against
 * `git cat-file --batch` over the same texts, and a second run against the first.
 */
export async function incidentRows({
  cli,
  folder,
  repositories = REPOSITORIES,
  commits = COMMITS,
}: IncidentBench): Promise<readonly Row[]> {
  const parent = join(folder, 'incident');
  for (let at = 0; at < repositories; at++) await writeRepository(join(parent, `r${at}`), at, commits);
  const list = join(folder, 'incident-list.txt');
  writeFileSync(list, Array.from({ length: LISTED }, (_, at) => `listed-${at}@1.0.0\n`).join(''));
  const texts = textsOf(parent, repositories);
  const plain = timeOfGit(texts);
  const run = async (question: string, home: string) => {
    const args = [cli, 'incident', question, '--repos', parent, '--history', '--json'];
    const command = { name: question, command: process.execPath, args };
    const [cost] = await costsOf([command], folder, join(folder, home), 1, { warmUps: 0 });
    return cost!;
  };
  const one = await run('evil@6.6.6', 'one');
  const again = await run('evil@6.6.6', 'one');
  const many = await run(list, 'many');
  const what = `incident --history, ${repositories} repositories, ${repositories * commits} commits`;
  const row = (name: string, ours: number, peer: string, theirs: number, must: number): Row => ({
    ...{ what: `${what}, ${name}`, unit: 'ms', ours, peer, theirs, must },
  });
  return [
    row('one version', one.milliseconds, 'git cat-file --batch, the same texts', plain, 3),
    row(`${LISTED} versions`, many.milliseconds, 'git cat-file --batch, the same texts', plain, 3),
    row('again', again.milliseconds, 'its first run', one.milliseconds, 0.1),
    {
      what: `${what}, peak memory`,
      unit: 'MiB',
      ours: many.mebibytes ?? NaN,
      peer: undefined,
      theirs: undefined,
      must: 500,
    },
  ];
}

/** Writes a repository with one lockfile. In every fourth, some commits lock the bad version. */
async function writeRepository(directory: string, seed: number, commits: number): Promise<void> {
  mkdirSync(directory, { recursive: true });
  spawnSync('git', ['init', '--quiet', '--initial-branch=main', directory]);
  const git = spawn('git', ['fast-import', '--quiet'], {
    cwd: directory,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const versions = Array.from({ length: PACKAGES }, () => 0);
  for (let commit = 0; commit < commits; commit++) {
    for (let edit = 0; edit < 5; edit++) versions[(commit * 31 + edit * 97 + seed) % PACKAGES]!++;
    const isBad = seed % 4 === 0 && commit > commits / 2 && commit < commits / 2 + 5;
    const text = lockfileText(versions, isBad);
    const header = `commit refs/heads/main\ncommitter A <a@example.test> ${1_780_000_000 + commit * 3600} +0000\ndata 1\nc\n`;
    const isFull = !git.stdin.write(
      `${header}M 100644 inline package-lock.json\ndata ${Buffer.byteLength(text)}\n${text}\n`,
    );
    if (isFull) await new Promise((resolve) => git.stdin.once('drain', resolve));
  }
  git.stdin.end();
  await finished(git.stdin);
  await new Promise((resolve) => git.once('close', resolve));
}

function lockfileText(versions: readonly number[], isBad: boolean): string {
  const entries = versions.map((version, at) =>
    entryOf(`package-${at}`, `1.${version}.0`, at * 1_000 + version),
  );
  if (isBad) entries.push(entryOf('evil', '6.6.6', 1));
  return `{\n  "lockfileVersion": 3,\n  "packages": {\n    "": { "dependencies": { "package-0": "1" } },\n${entries.join(',\n')}\n  }\n}\n`;
}

/** Returns an entry with a hash of its own, as in real lockfiles. */
function entryOf(name: string, version: string, seed: number): string {
  const hash = Buffer.from(
    Array.from({ length: 64 }, (_, at) => ((seed + 1) * (at + 7) * 2_654_435_761) >>> 24),
  ).toString('base64');
  return (
    `    "node_modules/${name}": {\n      "version": "${version}",\n` +
    `      "resolved": "https://registry.example.test/${name}/-/${name}-${version}.tgz",\n` +
    `      "integrity": "sha512-${hash}",\n      "engines": {\n        "node": ">=18"\n      }\n    }`
  );
}

/** Returns a file with the ids of all lockfile texts for each repository. */
function textsOf(
  parent: string,
  repositories: number,
): readonly { readonly directory: string; readonly ids: string }[] {
  return Array.from({ length: repositories }, (_, at) => {
    const directory = join(parent, `r${at}`);
    const { stdout } = spawnSync('git', ['log', '--format=%H'], { cwd: directory, encoding: 'utf8' });
    const ids = join(parent, `r${at}.ids`);
    writeFileSync(
      ids,
      stdout
        .trim()
        .split('\n')
        .map((commit) => `${commit}:package-lock.json\n`)
        .join(''),
    );
    return { directory, ids };
  });
}

function timeOfGit(texts: ReturnType<typeof textsOf>): number {
  const start = performance.now();
  for (const { directory, ids } of texts) {
    const file = openSync(ids, 'r');
    spawnSync('git', ['cat-file', '--batch', '--buffer'], {
      cwd: directory,
      stdio: [file, 'ignore', 'inherit'],
    });
    closeSync(file);
  }
  return performance.now() - start;
}
