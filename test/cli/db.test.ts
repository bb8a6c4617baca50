import assert from 'node:assert/strict';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { record } from '../unit/node/database/records.ts';
import { zipOf } from '../unit/node/database/zip-of.ts';
import { lockfileOf, MIRROR, makeProject, runCli } from './run-cli.ts';

const ID = 'GHSA-2222-3333-4444';
const dump = zipOf({ [`${ID}.json`]: JSON.stringify(record(ID, { name: 'left-pad', fixed: '9.0.0' })) });
const locked = { 'left-pad': '1.3.0' };

/** Creates a user with a project, an empty cache, and a dump. */
function setUp() {
  const directory = makeProject({
    'shop/package.json': { name: 'shop', private: true, dependencies: locked },
    'shop/package-lock.json': lockfileOf(locked),
    'shop/dependency-hygiene.json': MIRROR,
  });
  writeFileSync(join(directory, 'all.zip'), dump);
  mkdirSync(join(directory, 'cache'));
  const env = { XDG_CACHE_HOME: join(directory, 'cache'), LOCALAPPDATA: join(directory, 'cache') };
  const run = (...args: readonly string[]) => runCli(args, { cwd: directory, env });
  const found = () => {
    const { out } = run('check', 'shop', '--format', 'json');
    const { findings } = JSON.parse(out) as { findings: { rule: string; package?: string }[] };
    return findings.some(
      ({ rule, package: name }) => rule === 'vulnerable-dependency' && name === 'left-pad',
    );
  };
  return { directory, run, found, index: join(directory, 'cache/dephygiene/advisories.index') };
}

describe('dephygiene db', () => {
  test('makes a database that check judges by, and says how old that is', () => {
    const { run, found, index } = setUp();
    assert.equal(found(), false);
    assert.match(
      run('db', 'status').out,
      /^Database {2}none yet; "dephygiene db update" creates one\nBundled {3}\d/,
    );
    const { code, out, error } = run('db', 'update', '--from', 'all.zip');
    assert.deepEqual([code, error], [0, '']);
    assert.match(out, /^Updated: 1 record on 1 package, of 20 Nov 2026 \(.+\)\.\n$/);
    if (process.platform !== 'win32') assert.equal(statSync(index).mode & 0o777, 0o600);
    assert.equal(found(), true);
    assert.match(
      run('check', 'shop').out.replace(/\s+/g, ' '),
      / · of 20 Nov 2026 \(local database, .+?\) · /,
    );
    const status = JSON.parse(run('db', 'status', '--format', 'json').out) as Record<string, unknown>;
    assert.deepEqual(status.database, { asOf: '2026-11-20T00:00:00.000Z', records: 1, packages: 1 });
    assert.ok((status.path as string).endsWith('advisories.index'));
  });

  test('builds a file that update takes', () => {
    const { run, found } = setUp();
    const built = run('db', 'build', 'all.zip', '--out', 'mine.index');
    assert.match(built.out, /^Wrote mine\.index: 1 record on 1 package, of 20 Nov 2026/);
    assert.equal(run('db', 'update', '--from', 'mine.index').code, 0);
    assert.equal(found(), true);
  });

  test('says in one line what is wrong, and leaves the database as it is', () => {
    const { directory, run, found } = setUp();
    run('db', 'update', '--from', 'all.zip');
    writeFileSync(join(directory, 'half.zip'), dump.subarray(0, 60));
    for (const [args, problem] of [
      [['update', '--from', 'missing.zip'], /--from missing\.zip does not exist; give a URL or a path\./],
      [['update', '--from', 'half.zip'], /half\.zip is not a readable zip file; download it again\./],
      [['update', '--from', 'http://dump.example.test/'], /is not encrypted; give an https URL\./],
      [['update', 'all.zip'], /db update takes no "all\.zip"/],
      [['update', '--out', 'x'], /--out is an option of "db build" alone\./],
      [['build', 'all.zip'], /db build takes records and a file/],
      [
        ['build', 'all.zip', '--out', 'no/such/folder/x'],
        /--out no\/such\/folder\/x does not exist; give a file in a folder that is there/,
      ],
      [['build', 'missing.zip', '--out', 'x'], /missing\.zip does not exist\./],
      [['frobnicate'], /db takes update, build or status/],
      [[], /db takes update, build or status/],
    ] as const) {
      const { code, out, error } = run('db', ...args);
      assert.deepEqual([code, out], [2, ''], args.join(' '));
      assert.match(error, problem);
      assert.match(error, /^dephygiene: [^\n]+\n$/);
    }
    assert.equal(found(), true);
  });

  test('says that records could not be read', () => {
    const { directory, run } = setUp();
    writeFileSync(join(directory, 'odd.ndjson'), `${JSON.stringify(record(ID))}\n{"id":"X-1"}\n`);
    const { code, error } = run('db', 'update', '--from', 'odd.ndjson');
    assert.deepEqual([code, error], [0, '1 record could not be read, or only in part.\n']);
  });
});
