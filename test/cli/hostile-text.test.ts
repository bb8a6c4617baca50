import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { assertPrintable, HOSTILE, HOSTILE_LINE, hostileProject } from '../hostile-text.ts';
import { makeProject, runCli, runProcess } from './run-cli.ts';

/** The folder's own name is hostile too; it cannot contain a slash or characters that no file system permits. */
const NAME = `::add-mask::${HOSTILE_LINE.replaceAll('/', '').slice(0, 60)}\n::error::\u202e##[group]x`;
const root = makeProject({});
const project = join(root, NAME);
for (const [path, text] of Object.entries(hostileProject())) {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

interface Run {
  readonly args: readonly string[];
  readonly input?: string;
  readonly cwd?: string;
}

const JSON_RUNS: readonly (readonly string[])[] = [
  ['check', project, '--format', 'json'],
  ['check', project, '--trust', '--offline', '--format', 'json'],
  ['graph', project],
  ['sbom', project, '--vex'],
  ['sbom', project, '--vex', '--format', 'spdx'],
  ['why', 'left-pad', project, '--format', 'json'],
  ['diff', join(project, 'old'), '--base', join(project, 'package-lock.json'), '--format', 'json'],
  ['outdated', project, '--offline', '--format', 'json'],
  ['verify', 'left-pad', project, '--offline', '--format', 'json'],
  ['audit', project, '--offline', '--json'],
  ['privacy', project, '--format', 'json'],
  ['db', 'status', '--format', 'json'],
];

const TEXT_RUNS: readonly Run[] = [
  { args: ['check'], cwd: project },
  { args: ['report', project, '--output', 'report.html'], cwd: project },
  { args: ['check', project, '--severity', 'hint', '--trust', '--offline'] },
  { args: ['check', join(project, 'none')] },
  { args: ['check', `--${HOSTILE}`] },
  { args: ['check', project, '--config', join(project, HOSTILE_LINE.replaceAll('/', ''))] },
  { args: ['check', project, '--severity', HOSTILE] },
  { args: [HOSTILE] },
  { args: ['graph', project, '--format', 'dot'] },
  { args: ['graph', project, '--format', 'mermaid'] },
  { args: ['graph', project, '--format', 'svg'] },
  { args: ['why', 'left-pad', project, '--format', 'svg'] },
  { args: ['why', 'left-pad', project] },
  { args: ['why', HOSTILE, project] },
  { args: ['diff', join(project, 'old'), '--base', join(project, 'package-lock.json')] },
  { args: ['diff', project, '--base', HOSTILE] },
  { args: ['outdated', project, '--offline'] },
  { args: ['verify', 'left-pad', project, '--offline'] },
  { args: ['verify', HOSTILE, project, '--offline'] },
  { args: ['audit', project, '--offline'] },
  { args: ['audit', join(project, 'pnpm'), '--offline'] },
  { args: ['ignores', 'import', project] },
  { args: ['ignores', 'import', project, '--from', join(project, '.nsprc')] },
  { args: ['ignores', 'import', project, '--from', HOSTILE_LINE] },
  { args: ['privacy', project] },
  { args: ['names'], input: `${HOSTILE}\nlod\u202eash\n##[error]x\n::error::y\n` },
  { args: ['names', '--format', 'json'], input: `${HOSTILE}\nlod\u202eash\n` },
  { args: ['explain', HOSTILE] },
  { args: ['watch', '--once', project] },
  { args: ['db', 'update', '--from', join(project, 'package.json')] },
  { args: ['db', 'update', '--from', `https://127.0.0.1:1/${HOSTILE}`] },
  { args: ['db', 'build', join(project, 'broken'), '--out', join(project, 'x')] },
];

function run({ args, input, cwd = root }: Run, more: Readonly<Record<string, string>> = {}) {
  const env = { HOME: join(root, 'home'), ...more };
  return input === undefined ? runCli(args, { cwd, env }) : runProcess(args, { cwd, env, input });
}

describe('nothing that is printed is obeyed', () => {
  for (const args of JSON_RUNS) {
    test(`as JSON by ${args.slice(0, 2).join(' ').replace(project, '<dir>')}`, () => {
      const { out, error } = run({ args });
      assertPrintable(out, 'output');
      assertPrintable(error, 'errors');
      assert.ok(out !== '', error);
      JSON.parse(out);
    });
  }

  for (const [index, each] of TEXT_RUNS.entries()) {
    test(`as text by ${each.args[0]?.slice(0, 1) === 'x' ? '<no command>' : each.args[0]} (${index})`, () => {
      const env = index % 2 === 0 ? { FORCE_COLOR: '1' } : {};
      const { out, error, code } = run(each, env);
      assertPrintable(out, 'output');
      assertPrintable(error, 'errors');
      assert.ok(out !== '' || error !== '');
      assert.ok(code !== null && code <= 2);
      assert.doesNotMatch(error, /internal error/);
    });
  }

  test('and JSON has every text as it is', () => {
    const { out } = run({ args: ['graph', project] });
    const names = JSON.stringify(JSON.parse(out));
    assert.ok(names.includes('lod\u202eash') && names.includes('##vso[task.setvariable variable=i]'));
    assert.ok(names.includes(JSON.stringify(HOSTILE).slice(1, -1)));
  });
});
