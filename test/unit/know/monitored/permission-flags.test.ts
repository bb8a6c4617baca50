import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { permissionFlags } from '../../../../server/src/core/know/monitored/permission-flags.ts';
import { type Observed, readRecords } from '../../../../server/src/core/know/monitored/read-records.ts';

const PLACES = { project: '/home/me/shop', temporary: '/tmp', home: '/home/me' };
const FLAGS = ['--permission', '--allow-fs-read', '--allow-fs-write', '--allow-net'];

function observed(more: Partial<Observed>): Observed {
  return { ...readRecords([]), flags: FLAGS, ...more };
}

function reads(...paths: readonly string[]): readonly string[] {
  return permissionFlags(observed({ reads: paths }), PLACES)!
    .slice(1)
    .map((flag) => flag.replace('--allow-fs-read=', ''));
}

describe('permissionFlags', () => {
  test('allow the project, and other files one by one while they are few in a folder', () => {
    const many = Array.from({ length: 9 }, (_, at) => `/usr/share/many/${at}`);
    assert.deepEqual(reads('/home/me/shop/a/b', '/etc/one', ...many), [
      '/etc/one',
      '/home/me/shop/*',
      '/usr/share/many/*',
    ]);
  });

  test('never allow a folder around the project or the home folder as a whole', () => {
    const names = Array.from({ length: 9 }, (_, at) => `.file${at}`);
    const shown = reads(...names.flatMap((name) => [`/home/me/${name}`, `/${name}`]));
    assert.equal(shown.length, 19);
    assert.ok(!shown.includes('/home/me/*') && !shown.includes('/*'));
    assert.deepEqual(reads('/', '/home', '/home/me', '/home/me/*', '/home/me/other'), [
      '/home/me/other',
      '/home/me/shop/*',
    ]);
  });

  test('put a folder before what is in it, and name it as what the flag means', () => {
    assert.deepEqual(reads('/a/b/c', '/a/b', '/a/bc'), ['/a/bc', '/a/b/*', '/home/me/shop/*']);
    assert.deepEqual(reads('/a', '/a/b/c/d'), ['/a/*', '/home/me/shop/*']);
  });

  test('allow an installed package outside of the project as a whole, with those in it', () => {
    const npm = '/usr/lib/node_modules/npm';
    const shown = reads(
      `${npm}/lib/npm.js`,
      `${npm}/node_modules/@a/b/c.js`,
      '/usr/lib/node_modules/@a/b/c.js',
    );
    assert.deepEqual(shown, ['/home/me/shop/*', `${npm}/*`, '/usr/lib/node_modules/@a/b/*']);
    assert.deepEqual(
      reads('/usr/lib/node_modules/.package-lock.json')[1],
      '/usr/lib/node_modules/.package-lock.json',
    );
  });

  test('allow the temporary folder for names that differ in each run, but not for a project in it', () => {
    const writes = ['/tmp/x-1/a', '/tmp/x-2', '/tmp/shop/out'];
    const flags = permissionFlags(observed({ writes }), { ...PLACES, project: '/tmp/shop' });
    assert.deepEqual(flags, ['--permission', '--allow-fs-read=/tmp/shop/*', '--allow-fs-write=/tmp/*']);
  });

  test('allow a thread that no package started, as the module loader may have one', () => {
    assert.ok(permissionFlags(observed({ workers: 1 }), PLACES)?.includes('--allow-worker'));
    assert.ok(!permissionFlags(observed({}), PLACES)?.includes('--allow-worker'));
  });

  test('allow the network where Node.js has a flag for it, and nothing without a permission model', () => {
    const uses = [{ kind: 'network', owner: '', detail: 'a:1', count: 1, stack: [] }] as const;
    assert.ok(permissionFlags(observed({ uses }), PLACES)?.includes('--allow-net'));
    const older = observed({ uses, flags: FLAGS.slice(0, 3) });
    assert.ok(!permissionFlags(older, PLACES)?.includes('--allow-net'));
    assert.equal(permissionFlags(observed({ flags: [] }), PLACES), undefined);
  });
});
