import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  registryKind,
  servingRegistry,
} from '../../../../server/src/core/know/registry/access/serving-registry.ts';
import { narrowPackument } from '../../../../server/src/core/know/registry/documents/narrow-packument.ts';
import { firstPublished } from '../../../../server/src/core/know/registry/releases/first-published.ts';
import {
  missingVersion,
  nearestLower,
} from '../../../../server/src/core/know/registry/releases/missing-version.ts';
import { openWorkspace, TEST_REGISTRY } from '../../../workspace.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const packument = (document: object) => {
  const result = narrowPackument({ name: 'a', ...document }, { name: 'a', now: NOW });
  assert.ok('packument' in result);
  return result.packument;
};

describe('which registry serves a name', () => {
  const project = async (npmrc: string, policy = '{}') => {
    const workspace = await openWorkspace(
      `-- package.json --\n{}\n-- .npmrc --\n${npmrc}\n-- dependency-hygiene.json --\n${policy}\n`,
      { publicAliases: ['https://registry.alias.example.test/'] },
    );
    return workspace.snapshot.projects[0]!.project;
  };

  test('the public one, another host of it, a mirror, or one of its own', async () => {
    const mirror = '{ "mirrors": ["https://npm.acme.example.test/all/"] }';
    const kinds = async (npmrc: string, policy?: string) =>
      servingRegistry(await project(npmrc, policy), 'a');
    const open = { kind: 'public', words: 'the public registry' };
    assert.deepEqual(await kinds(''), open);
    assert.deepEqual(await kinds(`registry=${TEST_REGISTRY}`), open);
    assert.deepEqual(await kinds('registry=https://registry.alias.example.test/'), open);
    const own = 'registry=https://npm.acme.example.test/all/';
    assert.deepEqual(await kinds(own, mirror), { kind: 'mirror', words: 'npm.acme.example.test' });
    assert.deepEqual(await kinds(own), { kind: 'private', words: 'npm.acme.example.test' });
    assert.deepEqual(await kinds('registry=$' + '{NOWHERE}/npm/'), {
      kind: 'private',
      words: 'its registry',
    });
  });

  test('each scope has its own', async () => {
    const mapped = await project('@acme:registry=https://npm.acme.example.test:4873/');
    assert.equal(servingRegistry(mapped, '@acme/ui').words, 'npm.acme.example.test:4873');
    assert.equal(servingRegistry(mapped, '@other/ui').kind, 'public');
    assert.equal(servingRegistry(mapped, '@acme/kit').kind, 'private');
    assert.equal(registryKind(mapped, `${TEST_REGISTRY}a/-/a-1.0.0.tgz`), 'public');
  });
});

describe('when a package was first published', () => {
  const times = (time: object) => packument({ time });
  const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
  const TIME = { '1.0.0': '2020-02-01T00:00:00Z', '1.1.0': '2020-03-01T00:00:00Z' };

  test('the earliest that is said', () => {
    const both = times({ created: '2020-01-01T00:00:00Z', ...TIME });
    assert.equal(firstPublished(both, { kind: 'public' }), day('2020-01-01'));
    assert.equal(firstPublished(times(TIME), { kind: 'public' }), day('2020-02-01'));
    // A registry that was moved to a new URL keeps the times of versions.
    const moved = times({ created: '2024-01-01T00:00:00Z', ...TIME });
    assert.equal(firstPublished(moved, { kind: 'mirror' }), day('2020-02-01'));
    assert.equal(firstPublished(times({}), { kind: 'public' }), undefined);
  });

  test('a mirror is believed where its times are not those of its copies', () => {
    assert.equal(firstPublished(times(TIME), { kind: 'mirror' }), undefined);
    const hour = {
      created: '2026-11-20T00:00:00Z',
      '1.0.0': '2026-11-20T00:00:00Z',
      '1.1.0': '2026-11-20T01:00:00Z',
    };
    assert.equal(firstPublished(times(hour), { kind: 'mirror' }), undefined);
    assert.equal(firstPublished(times(hour), { kind: 'public' }), day('2026-11-20'));
  });
});

describe('versions that are gone', () => {
  const known = packument({
    time: {
      '1.0.0': '2020-01-01T00:00:00Z',
      '1.1.0': '2020-02-01T00:00:00Z',
      '3.0.0': '2020-03-01T00:00:00Z',
    },
    versions: {
      '1.0.0': {},
      '1.2.0': { deprecated: 'x' },
      '2.0.0-rc.1': {},
      '2.0.0': {},
      'not a version': {},
    },
  });

  test('are told apart from those that are there', () => {
    assert.equal(missingVersion(known, '1.0.0'), undefined);
    assert.deepEqual(missingVersion(known, '1.1.0')?.state, 'removed');
    assert.deepEqual(missingVersion(known, '3.0.0')?.state, 'removed');
    assert.deepEqual(missingVersion(known, '1.3.0'), {
      state: 'unlisted',
      published: undefined,
      newest: '2.0.0',
    });
    assert.deepEqual(missingVersion(known, '2.0.1')?.state, 'ahead');
    assert.equal(missingVersion(packument({}), '1.0.0'), undefined);
  });

  test('have a nearest lower one, if any', () => {
    assert.equal(nearestLower(known, '2.0.0'), '1.0.0');
    assert.equal(nearestLower(known, '9.9.9'), '2.0.0');
    assert.equal(nearestLower(known, '1.0.0'), undefined);
  });
});
