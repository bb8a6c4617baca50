import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Schema, Validator } from '@cfworker/json-schema';
import { makeProject, runProcess } from '../run-cli.ts';

export const NODE = process.execPath;

export interface Report {
  readonly exitCode: number;
  readonly processes: number;
  readonly workers: number;
  readonly packages: readonly {
    readonly type: string;
    readonly name: string | null;
    readonly version: string | null;
    readonly uses: readonly {
      readonly kind: string;
      readonly detail: string | null;
      readonly place?: string;
      readonly count: number;
      readonly stack: readonly { readonly file: string; readonly line: number }[];
    }[];
  }[];
  readonly permission: readonly string[] | null;
  readonly notObserved: readonly string[];
}

export interface Run {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../server/schema/monitor-report.schema.json'), 'utf8'),
) as Schema;

/** Runs a command in a project with `monitor`, and returns how it ended and the report. */
export function monitored(directory: string, words: readonly string[], { input = '', env = {} }: Run = {}) {
  const file = join(makeProject({}), 'report.json');
  const args = ['monitor', '--json', '--output', file, '--', ...words];
  const ended = runProcess(args, { cwd: directory, input, env });
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  assert.deepEqual(new Validator(schema, '7', false).validate(report).errors, []);
  assert.equal(report.exitCode, ended.code);
  return { ended, report };
}

/** Runs a command in two equal projects. Asserts the same output and exit code with `monitor`, and returns the report. */
export function same(
  files: Parameters<typeof makeProject>[0],
  words: readonly string[],
  run: Run = {},
): Report {
  const [directory, other] = [makeProject(files), makeProject(files)];
  const { input = '', env = {} } = run;
  const plain = spawnSync(words[0]!, words.slice(1), {
    ...{ cwd: directory, input, encoding: 'utf8', maxBuffer: 100_000_000 },
    env: { PATH: process.env.PATH, HOME: '/nowhere', ...env },
  });
  const { ended, report } = monitored(other, words, { input, env: { HOME: '/nowhere', ...env } });
  const lasting = (text: string) =>
    text
      .replaceAll(directory, '')
      .replaceAll(other, '')
      .replaceAll(/\d+\.\d+|\(node:\d+\)/g, '0');
  assert.deepEqual(
    [ended.code, lasting(ended.out), lasting(ended.error)],
    [plain.status, lasting(plain.stdout), lasting(plain.stderr)],
  );
  return report;
}

/** Returns `package kind detail` for each use. */
export function usesOf({ packages }: Report): readonly string[] {
  return packages.flatMap(({ type, name, uses }) =>
    uses.map(({ kind, detail }) => `${name ?? type} ${kind} ${detail}`),
  );
}

export function packageFiles(name: string, code: string, folder = `node_modules/${name}`) {
  return {
    [`${folder}/package.json`]: { name, version: '1.0.0' },
    [`${folder}/index.js`]: code,
  };
}

export const HIDDEN_SPAWN = `const load = (name) => require(['child', name].join('_'));
exports.go = () => load('process').execFileSync(process.execPath, ['-p', '6*7']).toString();`;
