import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { JsonReport } from '../../server/src/core/show/report/check/json.ts';
import { runInThread } from './cli-thread.ts';

export const CLI = join(import.meta.dirname, '../../dist/cli.js');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface ProcessOptions extends CliOptions {
  /** The Node to run it with, and arguments before the program. */
  readonly node?: string;
  readonly nodeArgs?: readonly string[];
  /** Standard input; empty if omitted. */
  readonly input?: string;
}

/**
 * Runs the built command line to its end, without the configuration of the user who runs the tests. It has no process of
 * its own, which would take most of the time of a run.
 */
export function runCli(args: readonly string[], options: CliOptions = {}): Ended {
  return runInThread(dirname(CLI), args, placeOf(options));
}

/** Does what `runCli` does in a process of its own. */
export function runProcess(args: readonly string[], options: ProcessOptions = {}): Ended {
  const { node = process.execPath, nodeArgs = [], input = '' } = options;
  const ended = spawnSync(node, [...nodeArgs, CLI, ...args], {
    ...placeOf(options),
    input,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
  return { code: ended.status, out: ended.stdout, error: ended.stderr };
}

function placeOf({ cwd = tmpdir(), env = {} }: CliOptions): {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
} {
  assert.ok(existsSync(CLI), 'dist/cli.js is missing; run "npm run build" first');
  return { cwd, env: { PATH: process.env.PATH, HOME: join(tmpdir(), 'no-home'), ...env } };
}

/** Checks a directory and returns the JSON report, which must be everything on standard output. */
export function checkJson(
  directory: string,
  ...args: readonly string[]
): JsonReport & { readonly code: number | null } {
  const { code, out } = runCli(['check', directory, '--format', 'json', ...args]);
  return { ...(JSON.parse(out) as JsonReport), code };
}

const made: string[] = [];

function removeAll(): void {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
}

/** Writes files by path below a new temporary directory, and returns it with its links resolved. */
export function makeProject(files: Readonly<Record<string, string | object>>): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'dephygiene-')));
  if (made.push(directory) === 1) process.on('exit', removeAll);
  for (const [path, content] of Object.entries(files)) {
    const file = join(directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : `${JSON.stringify(content, undefined, 2)}\n`);
  }
  return directory;
}

/** Returns a lockfile (v3) of one root with these packages, each `[name, version]`. */
export function lockfileOf(dependencies: Readonly<Record<string, string>>): object {
  const packages: Record<string, object> = { '': { name: 'shop', dependencies } };
  for (const [name, range] of Object.entries(dependencies)) {
    packages[`node_modules/${name}`] = {
      version: range.replace(/^\D/, ''),
      resolved: `https://registry.example.test/${name}/-/${name}-${range.replace(/^\D/, '')}.tgz`,
      integrity: `sha512-${'A'.repeat(86)}==`,
    };
  }
  return { name: 'shop', lockfileVersion: 3, requires: true, packages };
}

/** The configuration with which `lockfileOf` gives no finding. */
export const MIRROR = { mirrors: ['https://registry.example.test/'] };
