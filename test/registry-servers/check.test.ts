import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { lockfileOf, makeProject } from '../cli/run-cli.ts';
import { type Home, makeHome } from './support/home.ts';
import { pack } from './support/package-fixture.ts';
import { type RecordedRegistry, startRecordedRegistry } from './support/recorded-registry.ts';
import { type Outside, startOutside } from './support/recorders.ts';
import { hearersOf } from './support/recording.ts';
import { runCliBeside } from './support/run-async.ts';

interface CheckJson {
  readonly findings: readonly { readonly rule: string; readonly package?: string }[];
  readonly notChecked: readonly { readonly rule: string; readonly reason: string; readonly count: number }[];
  readonly sources: readonly { readonly kind: string; readonly status: string }[];
}

/** The command uses the machine's time. */
const LONG_AGO = new Date(Date.now() - 400 * 24 * 60 * 60 * 1000).toISOString();

describe('dephygiene check, beside a registry', () => {
  let open: RecordedRegistry;
  let outside: Outside;
  let home: Home;
  let project: string;

  before(async () => {
    const versions = { '1.0.0': { at: LONG_AGO, deprecated: 'pads too far' } };
    open = await startRecordedRegistry({ packages: [pack('left-pad', versions)] });
    outside = await startOutside();
    const locked = { 'left-pad': '^1.0.0', '@hidden/core': '1.0.0' };
    project = makeProject({
      'package.json': { name: 'shop', dependencies: { ...locked, 'not-there': '^1.0.0' } },
      'package-lock.json': lockfileOf(locked),
      'dependency-hygiene.json': {
        privateScopes: ['@hidden'],
        mirrors: [open.url, 'https://registry.example.test/'],
      },
    });
  });
  beforeEach(() => {
    home = makeHome({ npmrc: `registry=${open.url}\n`, env: outside.env });
  });
  afterEach(() => {
    rmSync(home.folder, { recursive: true });
    open.forget();
    outside.forget();
  });
  after(() => Promise.all([open.close(), outside.close()]));

  const check = async (...flags: readonly string[]) => {
    const args = ['check', project, '--format', 'json', '--fail-on', 'never', ...flags];
    const { out, error } = await runCliBeside(args, { cwd: project, env: home.env });
    assert.equal(error, '');
    return JSON.parse(out) as CheckJson;
  };
  const registryStatus = ({ sources }: CheckJson) => sources.find(({ kind }) => kind === 'registry')?.status;
  const rules = ({ findings }: CheckJson, name: string) =>
    findings.filter((finding) => finding.package === name).map(({ rule }) => rule);

  test('asks with --trust, and tells what it learned', async () => {
    const report = await check('--trust');
    assert.ok(rules(report, 'left-pad').includes('deprecated-dependency'), JSON.stringify(report.findings));
    assert.ok(rules(report, 'not-there').includes('package-not-found'), JSON.stringify(report.findings));
    assert.equal(registryStatus(report), 'asked');
    assert.deepEqual(hearersOf('left-pad', { open, outside }), ['open']);
    assert.deepEqual(hearersOf('hidden', { open, outside }), []);
    const isPrivate = report.notChecked.filter(({ reason }) => reason === 'private');
    assert.ok(isPrivate.length > 0 && isPrivate.every(({ count }) => count === 1));
  });

  test('says that a public package which the lockfile takes from another host was not asked about', async () => {
    const altered = makeProject({
      'package.json': { name: 'shop', dependencies: { 'left-pad': '^1.0.0' } },
      'dependency-hygiene.json': { mirrors: [open.url] },
      'package-lock.json': {
        name: 'shop',
        lockfileVersion: 3,
        packages: {
          '': { name: 'shop', dependencies: { 'left-pad': '^1.0.0' } },
          'node_modules/left-pad': {
            version: '1.0.0',
            resolved: 'https://evil.example.test/left-pad-1.0.0.tgz',
          },
        },
      },
    });
    const args = ['check', altered, '--trust', '--fail-on-unchecked'];
    const { out, error } = await runCliBeside(args, { cwd: altered, env: home.env });
    assert.match(
      out,
      /registry metadata \(the lockfile or a manifest takes the\s+package\s+from\s+elsewhere\s+than\s+its\s+registry/,
    );
    assert.match(error, /the lockfile or a manifest takes the\s+package from\s+elsewhere/);
    assert.doesNotMatch(out + error, /private/);
    assert.deepEqual(hearersOf('left-pad', { open, outside }), []);
  });

  for (const [flags, reason, status] of [
    [[], 'untrusted', 'not-asked'],
    [['--offline'], 'offline', 'offline'],
    [['--offline', '--trust'], 'offline', 'offline'],
  ] as const) {
    test(`sends nothing with "${flags.join(' ')}", and says so`, async () => {
      const report = await check(...flags);
      assert.deepEqual([open.requests, outside.requests], [[], []]);
      const gap = report.notChecked.find(({ rule }) => rule === 'package-not-found');
      assert.deepEqual([gap?.reason, registryStatus(report)], [reason, status]);
    });
  }
});
