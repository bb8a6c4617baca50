import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createAbortSource } from '../../../../server/src/engine/registry/abort-source.ts';
import { lookAtAccounts } from '../../../../server/src/engine/watch/watched-accounts.ts';
import { TEST_REGISTRY } from '../../../workspace.ts';
import { type LiveOptions, openLive, type Reply } from '../advisories/live-harness.ts';

const POLICY = 'dependency-hygiene.json';
const listing = (maintainers: readonly string[], rest: object = {}) => ({
  'package.json': '{ "name": "shop" }',
  [POLICY]: JSON.stringify({ watch: { maintainers }, ...rest }),
});
const found = (name: string, ...people: readonly string[]) => ({
  package: { name, version: '1.0.0', maintainers: people.map((username) => ({ username })) },
});
const page = (objects: readonly object[], total = objects.length) => ({ objects, total });

async function look(files: Record<string, string>, get: (url: string) => Reply, options: LiveOptions = {}) {
  const live = await openLive(files, { get: ({ url }) => get(url), ...options });
  const looks = [...(await lookAtAccounts(live.session, createAbortSource().signal)).values()];
  return {
    accounts: looks.flatMap(({ accounts }) => accounts),
    unseen: looks.flatMap(({ unseen }) => unseen.map(({ name, detail }) => `${name}: ${detail}`)),
    urls: live.gets.map(({ url }) => url),
  };
}

describe('the packages of listed accounts', () => {
  test('are those that name the account, whatever else the search finds', async () => {
    const { accounts, unseen, urls } = await look(listing(['Ana', 'ana']), () =>
      page([
        found('b', 'ana', 'bob'),
        found('a', 'ANA'),
        found('forged', 'bob'),
        { package: 7 },
        found('../x', 'ana'),
      ]),
    );
    assert.deepEqual(urls, [`${TEST_REGISTRY}-/v1/search?text=maintainer%3AAna&size=250&from=0`]);
    const host = new URL(TEST_REGISTRY).host;
    const packages = ['a', 'b'].map((name) => ({ name, version: '1.0.0' }));
    assert.deepEqual([accounts, unseen], [[{ name: 'Ana', host, packages }], []]);
  });

  test('are asked for only if the policy lists the account, the folder is trusted, and settings allow it', async () => {
    const nobody = await look({ 'package.json': '{ "name": "shop" }' }, () => page([]));
    assert.deepEqual([nobody.urls, nobody.accounts], [[], []]);
    for (const settings of [{ trusted: false }, { online: false }]) {
      const { urls, accounts } = await look(listing(['ana']), () => page([]), { settings });
      assert.deepEqual([urls, accounts.map(({ packages }) => packages)], [[], [null]]);
    }
  });

  test('are unknown, never none, unless all of them were listed', async () => {
    const names = (count: number, from = 0) =>
      Array.from({ length: count }, (_, at) => found(`p-${from + at}`, 'ana'));
    const from = (url: string) => Number(/from=(\d+)/.exec(url)![1]);
    const cases: readonly (readonly [string, (url: string) => Reply])[] = [
      ['its registry has no such search', () => 404],
      ['the registry answered with status 500', () => 500],
      ['the answer is not a search result', () => ({ objects: {} })],
      [
        'the answer names packages of other maintainers',
        () => page([found('a', 'bob'), { package: { name: 'b' } }]),
      ],
      ['the registry listed 2 of 3 packages', (url) => page(from(url) === 0 ? names(2) : [], 3)],
      ['the list changed while it was read', () => page(names(2), 4)],
      ['the account has too many packages', (url) => page(names(250, from(url)), 99_999)],
    ];
    for (const [detail, get] of cases) {
      const { accounts, unseen, urls } = await look(listing(['ana']), get);
      assert.deepEqual([accounts[0]!.packages, unseen], [null, [`ana: ${detail}`]]);
      assert.ok(urls.length <= 8, detail);
    }
  });

  test('are asked for with names alone that can be accounts, and a bounded number of times', async () => {
    const odd = await look(listing(['ana scope:acme', 'a&size=9', '@acme', '']), () => page([]));
    assert.deepEqual(odd.urls, []);
    assert.ok(odd.unseen.every((line) => line.endsWith(': no account can have this name')));
    const many = Array.from({ length: 300 }, (_, at) => `account-${at}`);
    const { urls, unseen } = await look(listing(many), () => page([]));
    assert.deepEqual([urls.length, unseen.length], [200, 100]);
  });

  test('are asked for once in a repository, by the first project that lists the account', async () => {
    const files = { ...listing(['ana']), 'api/package.json': '{ "name": "api" }' };
    const { urls, accounts } = await look(files, () => page([]));
    assert.deepEqual([urls.length, accounts.length], [1, 1]);
  });
});
