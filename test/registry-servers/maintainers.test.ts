import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Ajv } from 'ajv';
import { makeProject } from '../cli/run-cli.ts';
import { type Home, makeHome } from './support/home.ts';
import { pack } from './support/package-fixture.ts';
import { type RecordedRegistry, startRecordedRegistry } from './support/recorded-registry.ts';
import { runCliBeside } from './support/run-async.ts';

const DAY = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString();
const OLD = { '1.0.0': { at: daysAgo(900) }, '1.0.1': { at: daysAgo(800) }, '1.1.0': { at: daysAgo(700) } };
const byDora = (versions: typeof OLD) =>
  Object.fromEntries(Object.entries(versions).map(([version, own]) => [version, { ...own, by: 'dora' }]));
const BOB = { name: 'bob', email: 'bob@example.test' };

interface Json {
  readonly packages: number;
  readonly accounts: readonly {
    readonly name: string;
    readonly packages: readonly string[];
    readonly alone: number;
    readonly reach: number;
    readonly through: readonly string[];
    readonly production: boolean;
    readonly changes: readonly Readonly<Record<string, unknown>>[];
  }[];
  readonly unknown: readonly { readonly package: string; readonly reason: string }[];
  readonly coverage: { readonly state: string };
}

describe('dephygiene maintainers', () => {
  let registry: RecordedRegistry;
  let home: Home;
  let project: string;
  before(async () => {
    registry = await startRecordedRegistry({
      packages: [
        pack('top', OLD, { maintainers: ['ana'] }),
        pack('middle', OLD, { maintainers: ['Ana', 'bob'] }),
        pack('deep', { ...byDora(OLD), '1.2.0': { at: daysAgo(3), by: BOB } }, { maintainers: ['bob'] }),
        pack('tool', OLD, { maintainers: ['carl'] }),
      ],
    });
    home = makeHome({ npmrc: `registry=${registry.url}\n` });
    const lock = {
      name: 'shop',
      lockfileVersion: 3,
      packages: {
        '': { name: 'shop', dependencies: { top: '^1.0.0' }, devDependencies: { tool: '^1.0.0' } },
        'node_modules/top': { version: '1.1.0', dependencies: { middle: '^1.0.0' } },
        'node_modules/middle': { version: '1.1.0', dependencies: { deep: '^1.0.0' } },
        'node_modules/deep': { version: '1.1.0' },
        'node_modules/tool': { version: '1.1.0', dev: true },
        'node_modules/@hidden/core': { version: '1.0.0' },
      },
    };
    project = makeProject({
      'package.json': { name: 'shop', dependencies: { top: '^1.0.0' }, devDependencies: { tool: '^1.0.0' } },
      'package-lock.json': lock,
      'dependency-hygiene.json': { mirrors: [registry.url], privateScopes: ['@hidden'] },
    });
  });
  after(async () => {
    await registry.close();
    rmSync(home.folder, { recursive: true });
  });
  const run = (...args: readonly string[]) =>
    runCliBeside(['maintainers', project, ...args], { cwd: project, env: home.env });

  test('lists who can publish what, how far that reaches, and who is new', async () => {
    const { code, out, error } = await run('--trust', '--json');
    assert.deepEqual([code, error], [1, '']);
    const json = JSON.parse(out) as Json;
    const schema = path.join(import.meta.dirname, '../../server/schema/maintainers-report.schema.json');
    const validate = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(readFileSync(schema, 'utf8')));
    assert.ok(validate(json), JSON.stringify(validate.errors));
    assert.equal(json.packages, 5);
    assert.deepEqual(
      json.accounts.map(({ changes, ...account }) => account),
      [
        { name: 'bob', packages: ['deep', 'middle'], alone: 1, reach: 3, through: ['top'], production: true },
        { name: 'Ana', packages: ['middle', 'top'], alone: 1, reach: 2, through: ['top'], production: true },
        { name: 'carl', packages: ['tool'], alone: 1, reach: 1, through: ['tool'], production: false },
      ],
    );
    assert.deepEqual(
      json.accounts.flatMap(({ name, changes }) => changes.map(({ at, ...change }) => ({ name, ...change }))),
      [{ name: 'bob', kind: 'first-release', package: 'deep', version: '1.2.0' }],
    );
    assert.deepEqual(
      json.unknown.map(({ package: name, reason }) => [name, reason]),
      [['@hidden/core', 'private']],
    );
    assert.equal(json.coverage.state, 'checked');
    assert.ok(!registry.requests.some(({ path: asked }) => asked.includes('hidden')));
  });

  test('prints them as a table, and nothing recent with a shorter time', async () => {
    const { code, out } = await run('--trust', '--recent', '1');
    assert.equal(code, 0, out);
    assert.match(out, /^3 accounts can publish 4 of 5 package names\. For 1 it is unknown\.\n\nAccount/);
    assert.match(out, /^bob +2 +1 +3 +top +production$/m);
  });

  test('without trust nothing is asked, and nothing is said to be known', async () => {
    registry.forget();
    const fresh = makeHome({ npmrc: `registry=${registry.url}\n` });
    const { code, out, error } = await runCliBeside(['maintainers', project], {
      cwd: project,
      env: fresh.env,
    });
    rmSync(fresh.folder, { recursive: true });
    assert.equal(code, 2);
    assert.match(out, /^It is unknown who can publish the 5 package names\./);
    assert.match(error, /add --trust/);
    assert.deepEqual(registry.requests, []);
  });

  test('a registry that omits maintainers makes them unknown', async () => {
    const mirror = await startRecordedRegistry({ packages: [pack('top', OLD)], partialMirror: true });
    const other = makeProject({
      'package.json': { name: 'shop', dependencies: { top: '^1.0.0' } },
      'package-lock.json': {
        name: 'shop',
        lockfileVersion: 3,
        packages: {
          '': { name: 'shop', dependencies: { top: '^1.0.0' } },
          'node_modules/top': { version: '1.1.0' },
        },
      },
      'dependency-hygiene.json': { mirrors: [mirror.url] },
    });
    const own = makeHome({ npmrc: `registry=${mirror.url}\n` });
    try {
      const { code, out } = await runCliBeside(['maintainers', other, '--trust'], {
        cwd: other,
        env: own.env,
      });
      assert.equal(code, 2, out);
      assert.match(out, /Not checked: the maintainers of 1 package \(top\): the registry does not/);
    } finally {
      await mirror.close();
      rmSync(own.folder, { recursive: true });
    }
  });

  test('a number of days has to be one', async () => {
    const { code, error } = await run('--recent', 'week');
    assert.deepEqual(
      [code, error],
      [2, 'dephygiene: --recent week is not a number of days from 1 to 3650.\n'],
    );
  });
});
