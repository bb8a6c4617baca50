import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { JsonReport } from '../../server/src/core/show/report/check/json.ts';
import { makeProject } from '../cli/run-cli.ts';
import { advisory } from './support/advisories.ts';
import type { Fault } from './support/faults.ts';
import { type Home, makeHome } from './support/home.ts';
import { pack } from './support/package-fixture.ts';
import { type RecordedRegistry, startRecordedRegistry } from './support/recorded-registry.ts';
import { type Outside, startOutside } from './support/recorders.ts';
import { hearersOf, type SeenRequest } from './support/recording.ts';
import { runCliBeside } from './support/run-async.ts';
import { startVerdaccio } from './support/verdaccio.ts';

const TOKEN = 'npm_for-acme-alone';
const BULK = '/-/npm/v1/security/advisories/bulk';
const OPEN_ID = 'GHSA-2222-3333-4444';
const ACME_ID = 'GHSA-2222-3333-5555';
const OPEN_NAMES = { 'left-pad': '1.1.0', 'is-odd': '3.0.0' };
const OWN_NAMES = { '@acme/ui': '2.0.0' };
const KEPT_NAMES = { '@hidden/core': '1.0.0', 'intern-tool': '1.0.0' };

/** The command line on a project of two registries, each of which records its requests. */
describe('advisories of registries', () => {
  let open: RecordedRegistry;
  let acme: RecordedRegistry;
  let lure: RecordedRegistry;
  let outside: Outside;
  let home: Home;
  let project: string;
  const servers = () => ({ open, acme, lure, outside });

  before(async () => {
    open = await startRecordedRegistry({
      packages: Object.keys(OPEN_NAMES).map((name) => pack(name, { '1.1.0': {}, '3.0.0': {} })),
      advisories: { 'left-pad': [advisory(OPEN_ID, '<1.2.0', { severity: 'critical' })] },
    });
    acme = await startRecordedRegistry({
      packages: [pack('@acme/ui', { '2.0.0': {} })],
      advisories: { '@acme/ui': [advisory(ACME_ID, '>=1.0.0 <2.1.0'), advisory(ACME_ID, '<0.9.0')] },
      token: TOKEN,
    });
    lure = await startRecordedRegistry({ packages: [] });
    outside = await startOutside();
    project = makeProject({
      'package.json': {
        name: 'hidden-shop',
        private: true,
        dependencies: { ...OPEN_NAMES, ...OWN_NAMES, ...KEPT_NAMES },
      },
      'package-lock.json': lockfile({ ...OPEN_NAMES, ...OWN_NAMES, ...KEPT_NAMES }),
      '.npmrc': `@acme:registry=${acme.url}\n`,
      'dependency-hygiene.json': {
        privateScopes: ['@hidden'],
        internalNames: ['intern-tool'],
        mirrors: [open.url],
      },
    });
  });
  /** A new one each time: otherwise the next run would use the cache. */
  beforeEach(() => {
    home = makeHome({ npmrc: `registry=${open.url}\n${acme.tokenLine}`, env: outside.env });
  });
  afterEach(() => {
    rmSync(home.folder, { recursive: true });
    for (const each of Object.values(servers())) each.forget();
    for (const each of [open, acme]) each.fail(BULK, undefined);
  });
  after(() => Promise.all(Object.values(servers()).map((each) => each?.close())));

  const run = (...flags: readonly string[]) =>
    runCliBeside(['check', project, ...flags], { cwd: project, env: home.env });
  const check = async (...flags: readonly string[]) => {
    const { out, error } = await run('--format', 'json', ...flags);
    assert.equal(error, '');
    const report = JSON.parse(out) as JsonReport;
    const sources = report.sources.filter(({ kind }) => kind === 'advisories');
    const found = report.findings.filter(({ rule }) => rule === 'vulnerable-dependency');
    return { sources, found: [...new Set(found.map(({ package: name }) => name))].sort() };
  };
  const questions = ({ requests }: RecordedRegistry): readonly SeenRequest[] =>
    requests.filter(({ path }) => path === BULK);
  const host = () => new URL(acme.url).host;

  test('are asked of each about what it serves, with its own token, and of nobody about the rest', async () => {
    const { sources, found } = await check('--trust');
    assert.deepEqual(found, ['@acme/ui', 'left-pad']);
    const [ofOpen, ...moreOfOpen] = questions(open);
    const [ofAcme, ...moreOfAcme] = questions(acme);
    assert.deepEqual([moreOfOpen, moreOfAcme], [[], []]);
    assert.deepEqual(JSON.parse(ofOpen!.body), { 'is-odd': ['3.0.0'], 'left-pad': ['1.1.0'] });
    assert.deepEqual(JSON.parse(ofAcme!.body), { '@acme/ui': ['2.0.0'] });
    for (const { method, headers } of [ofOpen!, ofAcme!]) {
      assert.deepEqual(
        [method, headers['content-encoding'], headers['content-type']],
        ['POST', 'gzip', 'application/json'],
      );
    }
    assert.deepEqual(
      [ofOpen!.headers.authorization, ofAcme!.headers.authorization],
      [undefined, `Bearer ${TOKEN}`],
    );
    assert.deepEqual(hearersOf(TOKEN, servers()), ['acme']);
    assert.deepEqual(hearersOf('@acme/ui', servers()), ['acme']);
    assert.deepEqual(hearersOf('left-pad', servers()), ['open']);
    for (const name of ['@hidden', 'intern-tool', 'hidden-shop'])
      assert.deepEqual(hearersOf(name, servers()), []);
    const [ofBundle, ...rest] = sources;
    assert.equal(ofBundle!.source, 'bundled');
    assert.deepEqual(
      rest.map(({ source, host: of, status, unanswered }) => [source, of, status, unanswered]),
      [
        ['database', undefined, 'missing', 0],
        ['registry', host(), 'used', 0],
        ['registry', new URL(open.url).host, 'used', 0],
        ['registry', undefined, 'off', 2],
        ['osv', undefined, 'off', 0],
      ],
    );
  });

  test('are not asked for again by the next run', async () => {
    await check('--trust');
    for (const each of [open, acme]) each.forget();
    const { found } = await check('--trust');
    assert.deepEqual(found, ['@acme/ui', 'left-pad']);
    assert.deepEqual([questions(open), questions(acme)], [[], []]);
  });

  test('are told with their age, in lines that fit', async () => {
    const { out } = await run('--trust', '--verbose');
    const lines = out.split('\n');
    for (const line of lines.slice(lines.findIndex((each) => each.startsWith('Not checked:'))))
      assert.ok(line.length <= 80, line);
    const text = out.replace(/\s+/g, ' ');
    assert.ok(text.includes(`${host()} just now · ${new URL(open.url).host} just now`), text);
    assert.ok(text.includes('registry advisories for 2 packages (they are private, and no'), text);
  });

  for (const [label, fault, status, words] of [
    ['405', { type: 'status', status: 405 }, 'unsupported', 'the registry does not offer advisories'],
    ['410', { type: 'status', status: 410 }, 'unsupported', 'the registry does not offer advisories'],
    ['501', { type: 'status', status: 501 }, 'unsupported', 'the registry does not offer advisories'],
    [
      'a page',
      { type: 'html' },
      'failed',
      'the registry answered with a web page, such as a login or proxy page',
    ],
    ['half an answer', { type: 'half' }, 'failed', 'the registry broke off the connection'],
    ['no JSON', { type: 'wrong-json' }, 'failed', 'the registry sent an unreadable response'],
    [
      'a refusal',
      { type: 'status', status: 403 },
      'failed',
      'the registry refuses access with the configured credential',
    ],
  ] as [string, Fault, string, string][]) {
    test(`are not taken for clean where the registry answers with ${label}`, async () => {
      acme.fail(BULK, fault);
      const { sources, found } = await check('--trust');
      assert.deepEqual(found, ['left-pad']);
      const ofAcme = sources.find(({ host: of }) => of === host())!;
      assert.deepEqual([ofAcme.status, ofAcme.reason, ofAcme.unanswered], [status, words, 1]);
      const { out } = await run('--trust', '--verbose');
      const text = out.replace(/\s+/g, ' ');
      assert.ok(text.includes(`advisories of ${host()} for 1 package (${words})`), text);
      assert.deepEqual(hearersOf('@acme/ui', servers()), ['acme']);
    });
  }

  test('are asked of no other host, though the registry sends there', async () => {
    acme.fail(BULK, { type: 'redirect', to: lure.url });
    const { sources } = await check('--trust');
    const ofAcme = sources.find(({ host: of }) => of === host())!;
    assert.deepEqual(
      [ofAcme.status, ofAcme.reason],
      ['failed', 'the registry redirects the request to another URL'],
    );
    assert.deepEqual(lure.requests, []);
  });

  for (const flags of [[], ['--offline'], ['--trust', '--offline']]) {
    test(`are asked of nobody with "${flags.join(' ')}"`, async () => {
      const { sources } = await check(...flags);
      for (const [label, { requests }] of Object.entries(servers())) assert.deepEqual(requests, [], label);
      const ofRegistries = sources.filter(({ source }) => source === 'registry');
      assert.ok(ofRegistries.length > 0);
      for (const { status, reason } of ofRegistries) {
        assert.equal(status, 'off');
        assert.equal(reason, flags.includes('--offline') ? 'offline' : 'this folder is not trusted');
      }
    });
  }

  test('and not at all where they are switched off, which is said', async () => {
    const { sources } = await check('--trust', '--advisories', 'bundled');
    assert.deepEqual([questions(open), questions(acme)], [[], []]);
    const off = sources
      .filter(({ status }) => status === 'off')
      .map(({ source, unanswered }) => [source, unanswered]);
    assert.deepEqual(off, [
      ['database', 0],
      ['registry', 5],
      ['osv', 0],
    ]);
    const { code, error } = await run('--advisories', 'bundle');
    assert.deepEqual([code, error.includes('bundled, database, registry, osv')], [2, true]);
  });

  test('of a service like OSV: public names alone, of a registry that is no mirror', async () => {
    const env = { ...home.env, DEPHYGIENE_OSV_API: lure.url };
    await runCliBeside(['check', project, '--trust', '--advisories', 'osv'], { cwd: project, env });
    assert.deepEqual(lure.requests, [], 'a mirror may have names of its own');
  });

  test('are not to be had from Verdaccio, which is never clean', async () => {
    const verdaccio = await startVerdaccio();
    try {
      await verdaccio.publish({ name: 'left-pad', version: '1.1.0' });
      const names = { 'left-pad': '1.1.0' };
      const cwd = makeProject({
        'package.json': { name: 'shop', private: true, dependencies: names },
        'package-lock.json': lockfile(names),
        'dependency-hygiene.json': { mirrors: [verdaccio.url] },
      });
      const beside = makeHome({ npmrc: `registry=${verdaccio.url}\n`, env: outside.env });
      const { out } = await runCliBeside(['check', cwd, '--trust', '--format', 'json'], {
        cwd,
        env: beside.env,
      });
      const source = (JSON.parse(out) as JsonReport).sources.find((each) => each.source === 'registry')!;
      assert.deepEqual(
        [source.host, source.status, source.reason, source.unanswered],
        [new URL(verdaccio.url).host, 'unsupported', 'the registry does not offer advisories', 1],
      );
      rmSync(beside.folder, { recursive: true });
    } finally {
      await verdaccio.stop();
    }
  });
});

function lockfile(versions: Readonly<Record<string, string>>): object {
  const packages = Object.entries(versions).map(([name, version]) => [
    `node_modules/${name}`,
    { version, integrity: `sha512-${'A'.repeat(86)}==` },
  ]);
  const root = { name: 'hidden-shop', dependencies: versions };
  return { name: 'hidden-shop', lockfileVersion: 3, packages: { '': root, ...Object.fromEntries(packages) } };
}
