import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { resolveExtends } from '../../../../../server/src/core/read/policy-file/extends/resolve-extends.ts';
import { readPolicy } from '../../../../../server/src/core/read/policy-file/read-policy.ts';

const TOP = 'file:///work/shop';
const OWN = `${TOP}/dependency-hygiene.json`;

function resolve(own: object, files: Readonly<Record<string, object | string>> = {}) {
  const policies = new Map(
    Object.entries(files).map(([path, content]) => {
      const uri = `file:///work/${path.replace('@', '%40')}`;
      return [uri, readPolicy(uri, typeof content === 'string' ? content : JSON.stringify(content))];
    }),
  );
  const policy = readPolicy(OWN, JSON.stringify(own));
  const resolved = resolveExtends(policy, TOP, (uri) => policies.get(uri) ?? 'missing');
  return { ...resolved, faults: resolved.problems.map(({ message }) => message) };
}

describe('extends', () => {
  test('what the file sets counts first, and lists are joined', () => {
    const { policy, faults } = resolve(
      {
        extends: ['./policy/base.json', '@acme/policy'],
        preset: 'all',
        rules: { 'fresh-version': ['warning', { days: 2 }] },
        deny: [{ name: 'own', reason: 'x' }],
        controls: { cooldownDays: 9 },
        incident: { rollback: 'own' },
      },
      {
        'shop/policy/base.json': {
          rules: { 'fresh-version': ['error', { days: 5 }], 'insecure-url': 'off' },
          deny: [{ name: 'base', reason: 'x' }],
          controls: { cooldownDays: 3, lockfile: true },
          requireApproval: { installScripts: true },
          mirrors: ['https://mirror.example.test/'],
          exclude: ['**'],
        },
        'shop/node_modules/@acme/policy/dependency-hygiene.json': {
          preset: 'security',
          privateScopes: ['@acme'],
          incident: { rollback: 'package', contacts: 'ops' },
        },
      },
    );
    assert.deepEqual(faults, []);
    assert.equal(policy.preset, 'all');
    assert.deepEqual(policy.rules.get('fresh-version')?.options, { days: 2 });
    assert.equal(policy.rules.get('fresh-version')?.severity, 'warning');
    assert.equal(policy.rules.get('insecure-url')?.severity, 'off');
    assert.deepEqual(
      policy.deny.map(({ name }) => name),
      [['base'], ['own']],
    );
    assert.equal(policy.controls.get('cooldownDays')?.value, 9);
    assert.equal(policy.controls.get('lockfile')?.value, true);
    assert.equal(policy.requireApproval.installScripts, true);
    assert.deepEqual(policy.incident, { contacts: ['ops'], communication: undefined, rollback: 'own' });
    assert.deepEqual(policy.privateScopes, [{ scope: '@acme', registry: undefined }]);
    assert.deepEqual(policy.mirrors, ['https://mirror.example.test/']);
    assert.deepEqual(policy.exclude, [], 'globs are relative to another folder');
    assert.equal(policy.uri, OWN);
  });

  test('a scope keeps the registry of the file, and gets one from another only without', () => {
    const of = (registry?: string) => ({
      privateScopes: [registry ? { scope: '@acme', registry } : '@acme'],
    });
    const [a, b] = ['https://a.example.test/', 'https://b.example.test/'];
    const registries = (own: object, base: object) =>
      resolve({ ...own, extends: './b.json' }, { 'shop/b.json': base }).policy.privateScopes.map(
        ({ registry }) => registry,
      );
    assert.deepEqual(registries(of(a), of(b)), [a]);
    assert.deepEqual(registries(of(), of(b)), [b]);
    assert.deepEqual(registries(of(a), of()), [a]);
    assert.deepEqual(registries({}, of(b)), [b]);
  });

  test('a package is looked for in the folders above, and the file of an item may have another name', () => {
    const { policy } = resolve(
      { extends: 'policy/strict.json' },
      {
        'shop/node_modules/policy/strict.json': { extends: './base.json' },
        'shop/node_modules/policy/base.json': { preset: 'all' },
      },
    );
    assert.equal(policy.preset, 'all');
  });

  for (const [item, fault] of [
    ['https://example.test/policy.json', /is a URL, and policies are never downloaded/],
    ['//example.test/policy.json', /is a URL/],
    ['../other/base.json', /leads out of the repository/],
    ['./a/../../base.json', /leads out of the repository/],
    ['/etc/policy.json', /is neither a path/],
    ['acme/../../../x.json', /is neither a path/],
    ['policy\\..\\x', /is neither a path/],
    ['./missing.json', /does not exist/],
    ['@acme/missing', /is not installed, or has no policy/],
  ] as const)
    test(`${item} is an error, and private names count as lost`, () => {
      const { policy, faults } = resolve({ extends: item });
      assert.equal(faults.length, 1);
      assert.match(faults[0]!, fault);
      assert.match(policy.lostPrivacy?.message ?? '', fault);
    });

  test('a package cannot name a file outside of itself', () => {
    const { faults } = resolve(
      { extends: '@acme/policy' },
      { 'shop/node_modules/@acme/policy/dependency-hygiene.json': { extends: '../../../.env.json' } },
    );
    assert.match(
      faults.join(),
      /is invalid in line 1: "\.\.\/\.\.\/\.\.\/\.env\.json" leads out of the package/,
    );
  });

  test('policies that extend each other are an error', () => {
    const { faults } = resolve(
      { extends: './a.json' },
      { 'shop/a.json': { extends: './b.json' }, 'shop/b.json': { extends: './a.json' } },
    );
    assert.match(faults.join(), /leads back to a\.json/);
    assert.match(
      resolve({ extends: './dependency-hygiene.json' }, { 'shop/dependency-hygiene.json': {} }).faults.join(),
      /leads back to dependency-hygiene\.json/,
    );
  });

  test('a fault of an extended file is one of the item, with its line', () => {
    const { faults, policy } = resolve(
      { extends: './a.json' },
      { 'shop/a.json': '{\n "internalNames": [1]\n}' },
    );
    assert.deepEqual(faults, ['"./a.json" is invalid in line 2: A name must be a string.']);
    assert.ok(policy.lostPrivacy !== undefined);
  });

  test('policies that all extend each other below them cost no more', () => {
    const files: Record<string, object> = {};
    for (let level = 0; level < 8; level++)
      for (let at = 0; at < 20; at++)
        files[`shop/${level}-${at}.json`] = {
          extends: Array.from({ length: level === 7 ? 0 : 20 }, (_, next) => `./${level + 1}-${next}.json`),
        };
    const start = process.cpuUsage();
    const { faults } = resolve({ extends: './0-0.json' }, files);
    assert.match(faults.join(), /more than 100 policies/);
    assert.ok(process.cpuUsage(start).user < 2_000_000);
  });

  test('a chain has an end', () => {
    const files = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [`shop/${at}.json`, { extends: `./${at + 1}.json` }]),
    );
    assert.match(resolve({ extends: './0.json' }, files).faults.join(), /policies away/);
  });
});
