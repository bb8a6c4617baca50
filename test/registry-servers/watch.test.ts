import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { globSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { CLI, type Ended, lockfileOf, makeProject } from '../cli/run-cli.ts';
import { advisory } from './support/advisories.ts';
import { type Home, makeHome } from './support/home.ts';
import { pack } from './support/package-fixture.ts';
import { type RecordedRegistry, startRecordedRegistry } from './support/recorded-registry.ts';
import { type Outside, startOutside } from './support/recorders.ts';
import { hearersOf } from './support/recording.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const BULK = '/-/npm/v1/security/advisories/bulk';
const ID = 'GHSA-2222-3333-4444';

/**
 * Returns a time relative to the machine's, which the built command line uses, plus the hours by which a run is later.
 */
function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY).toISOString();
}

const OLD = { '1.0.0': { at: daysAgo(400) }, '1.0.1': { at: daysAgo(300) }, '1.1.0': { at: daysAgo(200) } };

const MALLORY = { name: 'mallory', email: 'mallory@mail.example.org' };
const DEPENDENCIES = { 'left-pad': '1.1.0', 'right-pad': '1.1.0', 'top-pad': '1.1.0', '@acme/ui': '1.1.0' };

describe('dephygiene watch --once', () => {
  let open: RecordedRegistry;
  let acme: RecordedRegistry;
  let outside: Outside;
  let home: Home;
  let project: string;
  const known: Record<string, ReturnType<typeof advisory>[]> = {};
  const servers = () => ({ open, acme, outside });

  before(async () => {
    open = await startRecordedRegistry({ advisories: known });
    acme = await startRecordedRegistry({ packages: [pack('@acme/ui', OLD)], token: 'npm_for-acme' });
    outside = await startOutside();
    project = makeProject({
      'package.json': { name: 'shop', dependencies: { ...DEPENDENCIES, '@hidden/core': '1.0.0' } },
      'package-lock.json': lockfileOf({ ...DEPENDENCIES, '@hidden/core': '1.0.0' }),
      '.npmrc': `@acme:registry=${acme.url}\n`,
      'dependency-hygiene.json': {
        privateScopes: ['@hidden'],
        mirrors: [open.url, 'https://registry.example.test/'],
      },
    });
  });
  beforeEach(() => {
    home = makeHome({ npmrc: `registry=${open.url}\n${acme.tokenLine}`, env: outside.env });
    for (const name of ['left-pad', 'right-pad', 'top-pad']) open.put(pack(name, OLD));
    for (const name of Object.keys(known)) delete known[name];
  });
  afterEach(() => {
    rmSync(home.folder, { recursive: true });
    for (const each of Object.values(servers())) each.forget();
    open.fail('*', undefined);
  });
  after(() => Promise.all(Object.values(servers()).map((each) => each.close())));

  /** Runs as cron does some hours from now. */
  const run = (hours: number, ...args: readonly string[]): Promise<Ended> => {
    const later = `data:text/javascript,const now=Date.now;Date.now=()=>now()+${hours * HOUR}`;
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ['--import', later, CLI, 'watch', '--once', project, ...args], {
        cwd: project,
        env: home.env,
      });
      let out = '';
      let error = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, out, error }));
    });
  };
  /** Makes every possible change at once. */
  const change = () => {
    known['left-pad'] = [advisory(ID, '<1.2.0', { severity: 'critical' })];
    open.put(pack('left-pad', { ...OLD, '2.0.0': { at: daysAgo(100) } }));
    open.put(pack('right-pad', { ...OLD, '1.1.0': { at: daysAgo(200), deprecated: 'use left-pad' } }));
    open.put(pack('top-pad', { ...OLD, '1.2.0': { at: daysAgo(10), by: MALLORY } }));
  };

  test('notes what there is, and says nothing of it', async () => {
    known['left-pad'] = [advisory(ID, '<1.2.0')];
    const { code, out, error } = await run(0, '--trust');
    assert.equal(
      out,
      `First run: recorded 5 dependencies (1 by local advisories only). The next run
reports news.
Not checked: @hidden/core (@hidden is a private scope without a configured
             registry).
Not checked: registry advisories for 1 package (they are private, and no
             registry is configured for them).
`,
    );
    assert.deepEqual([code, error], [0, '']);
  });

  test('a later run asks only for what changed, and tells all that is new once', async () => {
    await run(0, '--trust');
    change();
    for (const each of [open, acme]) each.forget();
    const { code, out, error } = await run(7, '--trust');
    assert.deepEqual([code, error], [1, '']);
    assert.equal(
      out.slice(0, out.indexOf('Not checked')),
      `3 dependencies of shop have news since the last run, 7 h ago:
  - left-pad 1.1.0 has a new critical advisory: ${ID} in a package
    made for tests (${ID}), fixed in 1.2.0. Update it.
  - top-pad 1.2.0 was published by "mallory", but 1.1.0 by "ana". Find out who
    took it over before you update.
  - right-pad 1.1.0 is deprecated now ("use left-pad"). Replace it.
  - left-pad 1.1.0 has a new major version, 2.0.0. Read what changed before you
    update.
`,
    );
    for (const line of out.split('\n')) assert.ok(line.length <= 80, line);
    for (const { headers } of open.requests.filter(({ path: asked }) => asked.endsWith('-pad')))
      assert.match(headers['if-none-match'] ?? '', /^"/);
    assert.deepEqual(
      [hearersOf('@acme/ui', servers()), hearersOf('@hidden', servers()), outside.requests],
      [['acme'], [], []],
    );
    const again = await run(14, '--trust');
    assert.equal(again.code, 0);
    assert.match(again.out, /^No news about 5 dependencies since the last run, 7 h ago\.\n/);
  });

  test('as JSON', async () => {
    await run(0, '--trust');
    change();
    const { code, out } = await run(7, '--trust', '--format', 'json');
    assert.equal(code, 1);
    const json = JSON.parse(out);
    const [{ path: where, name, dependencies, since, news }] = json.projects;
    assert.deepEqual([json.version, where, name, dependencies], [1, '.', 'shop', 5]);
    assert.ok(Math.abs(Date.parse(since) - Date.now()) < HOUR, since);
    assert.deepEqual(
      news.map((each: { kind: string; package: string; version: string }) => [
        ...[each.kind, each.package, each.version],
      ]),
      [
        ['advisory', 'left-pad', '1.1.0'],
        ['publisher', 'top-pad', '1.2.0'],
        ['deprecated', 'right-pad', '1.1.0'],
        ['major', 'left-pad', '1.1.0'],
      ],
    );
    assert.deepEqual([news[0].id, news[0].severity, news[3].newest], [ID, 'critical', '2.0.0']);
    assert.deepEqual(
      json.notLookedAt.map((each: { package: string; reason: string }) => [each.package, each.reason]),
      [['@hidden/core', 'private']],
    );
  });

  test('a registry that fails makes no news and loses none', async () => {
    await run(0, '--trust');
    change();
    open.fail('*', { type: 'status', status: 500 });
    const failed = await run(7, '--trust');
    assert.equal(failed.code, 2);
    assert.match(failed.out, /^No news about 5 dependencies since the last run, 7 h ago, but not/);
    assert.match(failed.out, /Not checked: left-pad, right-pad, top-pad \(the registry/);
    open.fail('*', undefined);
    const { code, out } = await run(14, '--trust');
    assert.equal(code, 1);
    assert.match(out, /^3 dependencies of shop have news/);
  });

  test('a registry that fails at first tells nothing later of what it knew all along', async () => {
    change();
    open.fail('*', { type: 'status', status: 500 });
    assert.equal((await run(0, '--trust')).code, 2);
    open.fail('*', undefined);
    const { code, out } = await run(7, '--trust');
    assert.equal(code, 0, out);
    assert.match(out, /^No news about 5 dependencies/);
  });

  test('sends nothing without --trust, and says so', async () => {
    const { code, out, error } = await run(0);
    assert.equal(code, 2);
    assert.match(
      out,
      /@acme\/ui, @hidden\/core, left-pad, right-pad, top-pad \(this folder\s+is not trusted\)/,
    );
    assert.match(error, /no registry was asked; add --trust/);
    assert.deepEqual([open.requests, acme.requests], [[], []]);
  });

  test('keeps what it saw in the cache directory, and begins anew where that is broken', async () => {
    await run(0, '--trust');
    change();
    assert.deepEqual(
      globSync('**/*', { cwd: project }).sort(),
      ['package-lock.json', 'package.json', 'dependency-hygiene.json'].sort(),
    );
    const records = globSync('cache/**/*.{record,own}', { cwd: home.folder });
    assert.ok(records.length > 0);
    for (const record of records) writeFileSync(path.join(home.folder, record), 'broken');
    const { code, out } = await run(7, '--trust');
    assert.equal(code, 0);
    assert.match(out, /^First run: recorded 5 dependencies /);
    assert.ok(open.requests.some(({ path: asked }) => asked === BULK));
  });
});
