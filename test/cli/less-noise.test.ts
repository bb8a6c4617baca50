import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkJson, MIRROR, makeProject } from './run-cli.ts';

const found = (files: Readonly<Record<string, string | object>>, rule: string) =>
  checkJson(makeProject({ ...files, 'dependency-hygiene.json': MIRROR }))
    .findings.filter((finding) => finding.rule === rule)
    .map(({ severity }) => severity);

test('a library that does without a lockfile on purpose is information at most', () => {
  const library = { name: 'left', version: '1.0.0', dependencies: { minimist: '^1.2.6' } };
  const off = { '.npmrc': 'package-lock=false\n' };
  assert.deepEqual(found({ 'package.json': library, ...off }, 'lockfile-missing'), ['information']);
  const application = { ...library, private: true };
  assert.deepEqual(found({ 'package.json': application, ...off }, 'lockfile-missing'), ['warning']);
});

test('a git dependency is not reported where the lockfile holds its commit', () => {
  const dependencies = { a: 'github:owner/a#main' };
  const manifest = { name: 'shop', private: true, dependencies };
  const lockOf = (resolved: string) => ({
    name: 'shop',
    lockfileVersion: 3,
    packages: { '': { name: 'shop', dependencies }, 'node_modules/a': { version: '1.0.0', resolved } },
  });
  const rule = 'git-dependency-unpinned';
  const commit = '0123456789abcdef0123456789abcdef01234567';
  const held = {
    'package.json': manifest,
    'package-lock.json': lockOf(`git+ssh://git@github.com/owner/a.git#${commit}`),
  };
  assert.deepEqual(found(held, rule), []);
  assert.deepEqual(found({ ...held, '.gitignore': 'package-lock.json\n' }, rule), ['error']);
  assert.deepEqual(found({ 'package.json': manifest }, rule), ['error']);
  const other = { ...held, 'package-lock.json': lockOf(`git+ssh://git@github.com/other/a.git#${commit}`) };
  assert.deepEqual(found(other, rule), ['error']);
});
