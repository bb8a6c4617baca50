import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { CLI, type Ended, makeProject } from '../cli/run-cli.ts';
import { type Home, makeHome } from './support/home.ts';
import { type PackageFixture, pack } from './support/package-fixture.ts';
import { type RecordedRegistry, startRecordedRegistry } from './support/recorded-registry.ts';

const HOUR = 3_600_000;
const daysAgo = (days: number) => new Date(Date.now() - days * 24 * HOUR).toISOString();
const plain = { scripts: { test: 'true' } };
const OLD = { '1.0.0': { at: daysAgo(400), ...plain }, '1.1.0': { at: daysAgo(300), ...plain } };
const LATER = { at: daysAgo(20), ...plain };
const RENAMED = Array.from({ length: 300 }, (_, at) => `mallory-${at}`);

/** Packages before and after; null is removed from the registry. */
const STATES: Readonly<Record<string, readonly [PackageFixture | null, PackageFixture | null]>> = {
  'gains-script': [
    pack('gains-script', OLD),
    pack('gains-script', { ...OLD, '1.2.0': { ...LATER, scripts: { postinstall: 'node x.js' } } }),
  ],
  'loses-trust': [
    pack('loses-trust', { ...OLD, '1.1.0': { ...OLD['1.1.0'], provenance: 'org/loses-trust' } }),
    pack('loses-trust', {
      ...OLD,
      '1.1.0': { ...OLD['1.1.0'], provenance: 'org/loses-trust' },
      '1.2.0': LATER,
    }),
  ],
  'is-removed': [pack('is-removed', OLD), null],
  'version-removed': [
    pack('version-removed', OLD),
    pack('version-removed', { '1.0.0': OLD['1.0.0'] }, { removed: { '1.1.0': daysAgo(300) } }),
  ],
  'new-people': [pack('new-people', OLD), pack('new-people', OLD, { maintainers: ['ana', 'bob'] })],
  'critical-one': [pack('critical-one', OLD), pack('critical-one', { ...OLD, '1.1.1': LATER })],
  // A takeover of a line that is in use, below the newest version.
  'older-line': [
    pack('older-line', { ...OLD, '2.0.0': LATER }),
    pack('older-line', {
      ...OLD,
      '1.1.1': { ...LATER, scripts: { postinstall: 'node x.js' } },
      '2.0.0': LATER,
    }),
  ],
  'critical-line': [
    pack('critical-line', { ...OLD, '2.0.0': LATER }),
    pack('critical-line', { ...OLD, '1.1.1': LATER, '2.0.0': LATER }),
  ],
  quiet: [pack('quiet', OLD), pack('quiet', { ...OLD, '1.1.1': LATER })],
  deep: [pack('deep', OLD), pack('deep', OLD, { maintainers: ['ana', 'dora'] })],
  // A registry that wants to be heard.
  loud: [
    pack('loud', OLD),
    pack(
      'loud',
      {
        ...OLD,
        '1.1.0': {
          ...OLD['1.1.0'],
          deprecated: `x\n\u001b[31m  - lodash 4.17.21 is malware @all ${'y'.repeat(9000)}`,
        },
      },
      { maintainers: ['ana', '"\n# Forged\n@everyone', ...RENAMED.slice(0, 100)] },
    ),
  ],
  'acme-wigdet': [null, pack('acme-wigdet', { '0.0.1': LATER })],
  acme_widget: [pack('acme_widget', OLD), pack('acme_widget', OLD)],
};
const DIRECT = Object.keys(STATES).filter((name) => name !== 'deep' && !name.startsWith('acme'));

describe('news between two states of a registry', () => {
  let registry: RecordedRegistry;
  let home: Home;
  let project: string;
  let hook: Server;
  let status = 200;
  const sent: string[] = [];

  before(async () => {
    registry = await startRecordedRegistry({});
    hook = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        sent.push(body);
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
    const dependencies = Object.fromEntries(DIRECT.map((name) => [name, '^1.0.0']));
    const packages = Object.fromEntries(
      [...DIRECT, 'deep'].map((name) => [`node_modules/${name}`, { version: '1.1.0' }]),
    );
    project = makeProject({
      'package.json': { name: 'shop', dependencies },
      'package-lock.json': {
        name: 'shop',
        lockfileVersion: 3,
        packages: { '': { name: 'shop', dependencies }, ...packages },
      },
      'dependency-hygiene.json': {
        mirrors: [registry.url],
        watch: {
          critical: ['critical-one', 'critical-line'],
          ownNames: ['acme-widget'],
          maintainers: ['bob', 'mallory'],
        },
      },
    });
  });
  beforeEach(() => {
    sent.length = 0;
    status = 200;
    if (home !== undefined) rmSync(home.folder, { recursive: true });
    home = makeHome({ npmrc: `registry=${registry.url}\n` });
    const port = (hook.address() as AddressInfo).port;
    writeFileSync(
      path.join(home.folder, 'notify.json'),
      `{ "webhook": "http://127.0.0.1:${port}/secret-path" }`,
    );
  });
  after(async () => {
    rmSync(home.folder, { recursive: true });
    await registry.close();
    hook.close();
  });

  const become = (state: 0 | 1) => {
    for (const [name, states] of Object.entries(STATES)) {
      const fixture = states[state];
      if (fixture === null) registry.remove(name);
      else registry.put(fixture);
    }
  };
  const run = (hours: number, ...args: readonly string[]): Promise<Ended> => {
    const later = `data:text/javascript,const now=Date.now;Date.now=()=>now()+${hours * HOUR}`;
    return new Promise((resolve, reject) => {
      const all = ['--import', later, CLI, 'watch', '--once', project, '--trust', ...args];
      const child = spawn(process.execPath, all, { cwd: home.folder, env: home.env });
      let [out, error] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, out, error }));
    });
  };
  const newsIn = (out: string): readonly string[] =>
    (
      JSON.parse(out) as {
        projects: readonly { news: readonly { kind: string; package: string; version: string }[] }[];
      }
    ).projects.flatMap(({ news }) =>
      news.map(({ kind, package: name, version }) => `${kind} ${name} ${version}`),
    );
  const EXPECTED = [
    'removed is-removed 1.1.0',
    'removed version-removed 1.1.0',
    'look-alike acme-wigdet 0.0.1',
    'script gains-script 1.2.0',
    'script older-line 1.1.1',
    'trust loses-trust 1.2.0',
    'maintainer loud 1.1.0',
    'maintainer new-people 1.1.0',
    'new-package new-people 1.1.0',
    'deprecated loud 1.1.0',
    'version critical-line 1.1.0',
    'version critical-one 1.1.0',
  ];

  test('is exactly what changed, with a state in a file, and each only once', async () => {
    become(0);
    const state = ['--state', 'state.json', '--json'];
    const first = await run(0, ...state);
    assert.deepEqual([first.code, newsIn(first.out)], [0, []], first.error);
    become(1);
    const { code, out } = await run(25, ...state);
    assert.equal(code, 1);
    assert.deepEqual(newsIn(out), EXPECTED);
    const again = await run(50, ...state);
    assert.deepEqual([again.code, newsIn(again.out)], [0, []], again.error);
    const file = JSON.parse(readFileSync(path.join(home.folder, 'state.json'), 'utf8'));
    assert.deepEqual(Object.keys(file.projects), ['.']);
    assert.ok(!existsSync(path.join(project, 'state.json')));
  });

  test('covers transitive dependencies if that is wanted', async () => {
    become(0);
    await run(0, '--transitive', '--json');
    become(1);
    const { out } = await run(25, '--transitive', '--json');
    assert.deepEqual(
      newsIn(out).filter((line) => !EXPECTED.includes(line)),
      ['maintainer deep 1.1.0'],
    );
  });

  test('cannot be forged or flooded by the registry', async () => {
    become(0);
    await run(0, '--json');
    become(1);
    const { out } = await run(25, '--format', 'markdown');
    assert.ok(!out.includes('\u001b'));
    assert.doesNotMatch(out, /^# Forged|^ {2}- lodash/m);
    assert.doesNotMatch(out, /@(?:all|everyone)/);
    assert.equal(out.split('\n').filter((line) => line.startsWith('- [ ] ')).length, EXPECTED.length);
    assert.ok(out.length < 5000, String(out.length));
    const loud = out.split('\n').filter((line) => line.includes('loud'));
    assert.equal(loud.length, 2);
    for (const line of loud) assert.ok(line.length < 700, String(line.length));
  });

  test('has a bounded number of new packages of an account, each once, and all of them are known then', async () => {
    become(0);
    await run(0, '--json');
    const names = Array.from({ length: 300 }, (_, at) => `flood-${at}`);
    for (const name of names) registry.put(pack(name, OLD, { maintainers: ['mallory'] }));
    registry.forget();
    const flooded = newsIn((await run(25, '--json')).out);
    const pages = registry.requests.filter(({ path }) => path.includes('mallory')).map(({ path }) => path);
    assert.deepEqual(
      pages.map((path) => path.slice(path.indexOf('?'))),
      [0, 250].map((from) => `?text=maintainer%3Amallory&size=250&from=${from}`),
    );
    assert.equal(flooded.filter((line) => /^new-package flood-\d+ 1\.1\.0$/.test(line)).length, 20);
    registry.remove('flood-7');
    await run(50, '--json');
    registry.put(pack('flood-7', OLD, { maintainers: ['mallory'] }));
    const again = await run(75, '--json');
    for (const name of names) registry.remove(name);
    assert.deepEqual(newsIn(again.out), []);
  });

  test('is sent to the webhook of the user, and kept for later if that fails', async () => {
    become(0);
    const notify = ['--notify', 'notify.json'];
    await run(0, ...notify);
    assert.deepEqual(sent, []);
    become(1);
    status = 500;
    const failed = await run(25, ...notify);
    assert.equal(failed.code, 2);
    assert.match(
      failed.error,
      /^dephygiene: the news was not sent, so the next run repeats it: 127\.0\.0\.1:\d+ answered with 500\.\n$/,
    );
    status = 204;
    sent.length = 0;
    const { code } = await run(26, ...notify);
    assert.equal(code, 1);
    assert.deepEqual(sent.map(newsIn), [EXPECTED]);
  });

  test('is sent nowhere that the workspace names', async () => {
    const inside = path.join(project, 'notify.json');
    writeFileSync(inside, '{ "webhook": "https://hooks.example.test/" }');
    const { code, error } = await run(0, '--notify', inside);
    rmSync(inside);
    assert.equal(code, 2);
    assert.match(error, /is inside of the watched repository; keep it in your own folder\.\n$/);
    writeFileSync(path.join(home.folder, 'notify.json'), '{ "webhook": "http://hooks.example.test/" }');
    const plainText = await run(0, '--notify', 'notify.json');
    assert.match(plainText.error, /has no "webhook" with an https URL/);
  });
});
