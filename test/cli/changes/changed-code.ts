import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkJson, lockfileOf, makeProject } from '../run-cli.ts';

export type Files = Readonly<Record<string, string | object | null>>;

function git(directory: string, ...args: readonly string[]): void {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.test', '-c', 'init.defaultBranch=main'];
  // Otherwise each commit starts a second process.
  const options = [...identity, '-c', 'maintenance.auto=false', '-c', 'gc.auto=0'];
  execFileSync('git', [...options, ...args], { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] });
}

let empty: string | undefined;

/** Copies a repository that git made, as that takes less time than to make one. */
function emptyRepository(): string {
  if (empty === undefined) {
    empty = makeProject({});
    git(empty, 'init', '--quiet', '--template=');
  }
  const directory = makeProject({});
  cpSync(empty, directory, { recursive: true });
  return directory;
}

function textOf(content: string | object): string {
  return typeof content === 'string' ? content : `${JSON.stringify(content, undefined, 2)}\n`;
}

export function write(directory: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(directory, path);
    if (content === null) {
      rmSync(file);
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, textOf(content));
  }
}

export function commit(directory: string, files: Files): void {
  write(directory, files);
  git(directory, 'add', '--all', '--force');
  git(directory, 'commit', '--quiet', '--allow-empty', '--message=x');
}

export const SHOP = { name: 'shop', dependencies: { a: '1.0.0' } };
export const NPM: Files = { 'package.json': SHOP, 'package-lock.json': lockfileOf({ a: '1.0.0' }) };
export const PNPM_LOCK = "lockfileVersion: '9.0'\nimporters:\n  .: {}";
export const YARN_LOCK = `__metadata:
  version: 8

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  languageName: unknown
  linkType: soft
`;
export const BUN_LOCK =
  '{ "lockfileVersion": 1, "workspaces": { "": { "name": "shop" } }, "packages": {} }\n';
export const PNPM: Files = { 'package.json': SHOP, 'pnpm-lock.yaml': `${PNPM_LOCK}\n` };
export const YARN: Files = { 'package.json': SHOP, 'yarn.lock': YARN_LOCK };
export const BUN: Files = { 'package.json': SHOP, 'bun.lock': BUN_LOCK };

/** Creates a repository with one commit of these files. */
export function repository(files: Files): string {
  const directory = emptyRepository();
  commit(directory, files);
  return directory;
}

/** Returns the findings of the two rules, each as `path token severity`. */
export function reported(directory: string, ...args: readonly string[]): readonly string[] {
  const { findings } = checkJson(directory, ...args);
  return findings
    .filter(({ rule }) => rule === 'install-code-changed' || rule === 'install-source-changed')
    .map(({ path, range, severity }) => {
      const text = readFileSync(join(directory, path), 'utf8');
      const { start, end } = range;
      const line = text.split(/\r\n|\r|\n/)[start.line] ?? '';
      assert.equal(start.line, end.line, 'the token is on one line');
      return `${path} ${line.slice(start.character, end.character)} ${severity}`;
    });
}
