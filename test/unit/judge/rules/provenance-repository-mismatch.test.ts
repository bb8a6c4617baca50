import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SigningCertificate } from '../../../../server/src/core/know/proof/bundle-result.ts';
import { openWorkspace, type RegistryDocuments } from '../../../workspace.ts';

type Built = string | Partial<SigningCertificate>;

interface Fixture {
  readonly repository?: unknown;
  readonly builtFrom: Readonly<Record<string, Built>>;
  readonly time?: Readonly<Record<string, string>>;
}

const manifestOf = (range: string) =>
  `-- package.json --\n{ "name": "shop", "dependencies": { "pad-kit": "${range}" } }\n`;

async function messages(source: string, registry: RegistryDocuments): Promise<readonly string[]> {
  const { findings } = await openWorkspace(source, { registry });
  return findings('provenance-repository-mismatch').map(({ severity, message }) => `${severity}: ${message}`);
}

const of = (fixture: Fixture, version = '1.0.0') => messages(manifestOf(version), { 'pad-kit': fixture });

describe('provenance-repository-mismatch', () => {
  test('another owner, repository or host is told with both', async () => {
    const cases: readonly (readonly [string, string, string])[] = [
      [
        'github:acme/kit',
        'https://github.com/mallory/kit',
        'github.com/acme/kit, but was built from github.com/mallory/kit',
      ],
      [
        'acme/kit',
        'https://github.com/acme/kit2',
        'github.com/acme/kit, but was built from github.com/acme/kit2',
      ],
      [
        'https://github.com/acme/kit',
        'https://gitlab.com/acme/kit',
        'github.com/acme/kit, but was built from gitlab.com/acme/kit',
      ],
    ];
    for (const [repository, built, expected] of cases) {
      assert.deepEqual(await of({ repository, builtFrom: { '1.0.0': built } }), [
        `warning: pad-kit 1.0.0 names the repository ${expected}. Make sure that the two belong together.`,
      ]);
    }
  });

  test('spellings, folders and cases of one repository are no mismatch', async () => {
    const spellings: readonly unknown[] = [
      'https://github.com/acme/kit',
      'git+https://github.com/ACME/Kit.git',
      'git+ssh://git@github.com/acme/kit.git',
      'git@github.com:acme/kit.git',
      'github:Acme/kit',
      'acme/kit',
      'https://github.com/acme/kit/tree/main/packages/pad',
      { type: 'git', url: 'git://github.com/acme/kit.git', directory: 'packages/pad' },
    ];
    for (const repository of spellings) {
      assert.deepEqual(await of({ repository, builtFrom: { '1.0.0': 'https://github.com/Acme/kit' } }), []);
    }
  });

  test('no repository, one that is no address, or one on a host that builds nothing cannot mismatch', async () => {
    const builtFrom = { '1.0.0': 'https://github.com/acme/kit' };
    for (const repository of [undefined, '', 'kit', 'https://git.acme.example.test/acme/kit', { url: 3 }]) {
      assert.deepEqual(await of({ repository, builtFrom }), []);
    }
    assert.deepEqual(await of({ repository: 'acme/kit', builtFrom: { '1.0.0': {} } }), []);
  });

  test('a repository that was moved is known by an earlier version', async () => {
    const moved: Fixture = {
      repository: 'acme/kit',
      builtFrom: {
        '1.0.0': { repository: 'https://github.com/acme/kit', repositoryId: '7' },
        '1.1.0': { repository: 'https://github.com/acme-labs/kit', repositoryId: '7' },
      },
      time: { '1.0.0': '2026-11-01T10:00:00Z', '1.1.0': '2026-11-10T10:00:00Z' },
    };
    assert.deepEqual(await of(moved, '1.1.0'), []);
    const taken: Fixture = {
      ...moved,
      builtFrom: {
        ...moved.builtFrom,
        '1.1.0': { repository: 'https://github.com/acme-labs/kit', repositoryId: '8' },
      },
    };
    assert.equal((await of(taken, '1.1.0')).length, 1);
  });

  test('where it has been built for three months, only the manifest is out of date', async () => {
    const built = { repository: 'https://github.com/acme-labs/kit', repositoryId: '7' };
    const since = (day: string): Fixture => ({
      repository: 'acme/kit',
      builtFrom: { '1.0.0': built, '1.1.0': built },
      time: { '1.0.0': `${day}T10:00:00Z`, '1.1.0': '2026-11-10T10:00:00Z' },
    });
    assert.deepEqual(await of(since('2026-07-01'), '1.1.0'), []);
    assert.equal((await of(since('2026-11-01'), '1.1.0')).length, 1);
  });

  test('a pull request is neither a branch nor a tag', async () => {
    const fixture = (ref: string): Fixture => ({
      repository: 'acme/kit',
      builtFrom: { '1.0.0': { repository: 'https://github.com/acme/kit', ref } },
    });
    assert.deepEqual(await of(fixture('refs/pull/7/merge')), [
      'warning: pad-kit 1.0.0 was built from "refs/pull/7/merge" of github.com/acme/kit, which is neither a branch nor a tag. Find out why before you install it.',
    ]);
    assert.deepEqual(await of(fixture('refs/heads/release/1.x')), []);
    assert.deepEqual(await of(fixture('refs/tags/v1.0.0')), []);
  });

  test('what is not verified proves nothing', async () => {
    const repository = 'acme/kit';
    const document = { repository, builtFrom: { '1.0.0': 'https://github.com/mallory/kit' } };
    const path = '-/npm/v1/attestations/pad-kit@1.0.0';
    for (const answer of [
      404,
      500,
      { attestations: [] },
      { attestations: [{ predicateType: 'x', bundle: {} }] },
    ]) {
      assert.deepEqual(await messages(manifestOf('1.0.0'), { 'pad-kit': document, [path]: answer }), []);
    }
  });

  test('offline and half typed it says nothing', async () => {
    const { findings } = await openWorkspace(manifestOf('1.0.0'), {
      settings: { online: false, trusted: true },
    });
    assert.deepEqual(findings('provenance-repository-mismatch'), []);
    const document = { repository: 'acme/kit', builtFrom: { '1.0.0': 'https://github.com/mallory/kit' } };
    assert.deepEqual(
      await messages('-- package.json --\n{ "dependencies": { "pad-kit": "1\n', { 'pad-kit': document }),
      [],
    );
  });
});
