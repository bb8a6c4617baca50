import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkJson, lockfileOf, MIRROR, makeProject } from './run-cli.ts';

const NPM = { 'package-lock.json': lockfileOf({}) };
const YARN = { 'yarn.lock': '# yarn lockfile v1\n' };
const pinned = (manifest: object, files: Readonly<Record<string, string | object>>) =>
  checkJson(
    makeProject({
      'package.json': { name: 'shop', ...manifest },
      ...files,
      'dependency-hygiene.json': MIRROR,
    }),
  )
    .findings.filter(({ rule }) => rule === 'package-manager-unpinned')
    .map(({ severity, message }) => `${severity}: ${message}`);
const engine = (name: string, version?: string) => ({ devEngines: { packageManager: { name, version } } });

test('a copy of Yarn in the repository, Volta and devEngines pin a version', () => {
  assert.deepEqual(pinned({}, { ...YARN, '.yarnrc': 'yarn-path yarn-1.21.1.js\n' }), []);
  assert.deepEqual(pinned({}, { ...YARN, '.yarnrc': 'yarn-path ".yarn/yarn.js"\n' }), []);
  assert.deepEqual(pinned({ volta: { node: '22.0.0', yarn: '1.22.19' } }, YARN), []);
  assert.deepEqual(pinned({ volta: { npm: '10.9.0' } }, NPM), []);
  assert.deepEqual(pinned(engine('npm', '>=10'), NPM), []);
  // Volta's version of another manager does not pin this one, and neither does a name alone.
  assert.match(
    pinned({ volta: { yarn: '1.22.19' } }, NPM).join(),
    /^information: No version of npm is pinned/,
  );
  assert.match(pinned(engine('npm'), NPM).join(), /^information: No version of npm is pinned/);
});

test('devEngines is judged by the lockfile', () => {
  const words = 'warning: "devEngines.packageManager" names pnpm, but the lockfile here is package-lock.json';
  assert.ok(pinned(engine('pnpm', '^9'), NPM)[0]?.startsWith(words));
  const both = { devEngines: { packageManager: [{ name: 'pnpm' }, { name: 'npm', version: '>=10' }] } };
  assert.deepEqual(pinned(both, NPM), []);
});

test('two fields that contradict each other are reported', () => {
  const pin = { packageManager: 'npm@11.19.1' };
  assert.deepEqual(pinned({ ...pin, ...engine('npm', '^10') }, NPM), [
    'warning: "packageManager" is "npm@11.19.1", which "devEngines.packageManager" does not allow (npm ^10). Change one of them.',
  ]);
  assert.match(pinned({ ...pin, ...engine('yarn') }, NPM).join(), /does not allow \(yarn\)/);
  assert.deepEqual(pinned({ ...pin, ...engine('npm', '^11') }, NPM), []);
});
