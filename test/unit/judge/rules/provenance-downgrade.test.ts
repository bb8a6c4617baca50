import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fixOf, openWorkspace, type RegistryDocuments } from '../../../workspace.ts';

type Level = 'none' | 'provenance' | 'trusted' | 'approved' | 'unknown';

const ATTESTATIONS = { provenance: { predicateType: 'https://slsa.dev/provenance/v1' } };
const ANA = { name: 'ana' };
const CI = { name: 'GitHub Actions', trustedPublisher: { id: 'github', oidcConfigId: 'x' } };

function versionOf(level: Level): object {
  const dist = { tarball: 'https://registry.example.test/dayflow.tgz' };
  switch (level) {
    case 'none':
      return { _npmUser: ANA, dist };
    case 'provenance':
      return { _npmUser: ANA, dist: { ...dist, attestations: ATTESTATIONS } };
    case 'trusted':
      return { _npmUser: CI, dist: { ...dist, attestations: ATTESTATIONS } };
    case 'approved':
      return { _npmUser: { ...CI, approver: { name: 'bo' } }, dist: { ...dist, attestations: ATTESTATIONS } };
    case 'unknown':
      return {};
  }
}

/** Returns versions with their level and day of publication, in any order. */
function registryOf(versions: Readonly<Record<string, readonly [Level, string]>>): RegistryDocuments {
  const all = Object.entries(versions);
  return {
    dayflow: {
      'dist-tags': {},
      time: Object.fromEntries(all.map(([version, [, day]]) => [version, `${day}T10:00:00Z`])),
      versions: Object.fromEntries(all.map(([version, [level]]) => [version, versionOf(level)])),
    },
  };
}

const manifestOf = (range: string) =>
  `-- package.json --\n{ "name": "shop", "dependencies": { "dayflow": "${range}" } }\n`;

async function messages(source: string, registry: RegistryDocuments): Promise<readonly string[]> {
  const { findings } = await openWorkspace(source, { registry });
  return findings('provenance-downgrade').map(({ severity, message }) => `${severity}: ${message}`);
}

describe('provenance-downgrade', () => {
  test('says what is missing, and since when', async () => {
    const cases: readonly (readonly [Level, Level, string])[] = [
      ['provenance', 'none', 'warning: dayflow 1.1.0 was published without provenance, which 1.0.0 has'],
      ['trusted', 'none', 'warning: dayflow 1.1.0 was published without provenance, which 1.0.0 has'],
      [
        'trusted',
        'provenance',
        'information: dayflow 1.1.0 was published without a trusted publisher, which 1.0.0 has',
      ],
      [
        'approved',
        'trusted',
        "warning: dayflow 1.1.0 was published without somebody else's approval, which 1.0.0 has",
      ],
    ];
    for (const [before, after, expected] of cases) {
      const registry = registryOf({ '1.0.0': [before, '2026-10-01'], '1.1.0': [after, '2026-11-10'] });
      assert.deepEqual(await messages(manifestOf('1.1.0'), registry), [
        `${expected}. Use 1.0.0 until you know why.`,
      ]);
    }
  });

  test('as much or more behind it is nothing to tell', async () => {
    const levels: readonly Level[] = ['none', 'provenance', 'trusted', 'approved'];
    for (const [at, level] of levels.entries()) {
      for (const before of levels.slice(0, at + 1)) {
        const registry = registryOf({ '1.0.0': [before, '2026-10-01'], '1.1.0': [level, '2026-11-10'] });
        assert.deepEqual(await messages(manifestOf('1.1.0'), registry), [], `${before} ${level}`);
      }
    }
  });

  test('compares with what was published before, not with what has a lower number', async () => {
    const registry = registryOf({
      '3.2.0': ['provenance', '2026-10-01'],
      '2.9.0': ['none', '2025-01-01'],
      '2.9.1': ['none', '2026-11-10'],
    });
    assert.deepEqual(await messages(manifestOf('2.9.1'), registry), [
      'warning: dayflow 2.9.1 was published without provenance, which 3.2.0 has. Find out why before you install it.',
    ]);
    const later = registryOf({ '2.0.0': ['provenance', '2026-11-12'], '2.1.0': ['none', '2026-11-10'] });
    assert.deepEqual(await messages(manifestOf('2.1.0'), later), []);
  });

  test('a line that is published so for a month is a habit', async () => {
    const registry = registryOf({
      '3.2.0': ['provenance', '2026-07-01'],
      '2.9.0': ['none', '2026-09-01'],
      '2.9.1': ['none', '2026-11-10'],
    });
    assert.deepEqual(await messages(manifestOf('2.9.1'), registry), []);
    const short = registryOf({
      '3.2.0': ['provenance', '2026-07-01'],
      '2.9.0': ['none', '2026-11-09'],
      '2.9.1': ['none', '2026-11-10'],
    });
    assert.equal((await messages(manifestOf('2.9.1'), short)).length, 1);
  });

  test('prereleases are published otherwise', async () => {
    const canary = registryOf({
      '1.0.0-canary.1': ['provenance', '2026-10-01'],
      '1.0.0': ['none', '2026-11-10'],
    });
    assert.deepEqual(await messages(manifestOf('1.0.0'), canary), []);
  });

  test('what is old, excluded, or private is left out', async () => {
    const old = registryOf({ '1.0.0': ['provenance', '2025-01-01'], '1.1.0': ['none', '2025-02-01'] });
    assert.deepEqual(await messages(manifestOf('1.1.0'), old), []);
    const registry = registryOf({ '1.0.0': ['provenance', '2026-10-01'], '1.1.0': ['none', '2026-11-10'] });
    const policy = (rest: string) => `-- dependency-hygiene.json --\n${rest}\n`;
    for (const exclude of ['dayflow', 'dayflow@1.1.0']) {
      const options = policy(
        `{ "rules": { "provenance-downgrade": ["warning", { "exclude": ["${exclude}"] }] } }`,
      );
      assert.deepEqual(await messages(manifestOf('1.1.0') + options, registry), []);
    }
    const other = policy(
      `{ "rules": { "provenance-downgrade": ["warning", { "exclude": ["dayflow@1.0.0"] }] } }`,
    );
    assert.equal((await messages(manifestOf('1.1.0') + other, registry)).length, 1);
    const internal = policy('{ "internalNames": ["dayflow"] }');
    assert.deepEqual(await messages(manifestOf('1.1.0') + internal, registry), []);
  });

  test('what pnpm is told to let through is left out, in projects of pnpm', async () => {
    const registry = registryOf({ '1.0.0': ['provenance', '2026-10-01'], '1.1.0': ['none', '2026-11-10'] });
    const count = async (settings: string, manager = 'pnpm@12.21.0') => {
      const manifest = manifestOf('1.1.0').replace('"shop"', `"shop", "packageManager": "${manager}"`);
      return (await messages(`${manifest}-- pnpm-workspace.yaml --\n${settings}\n`, registry)).length;
    };
    const day = 24 * 60;
    for (const settings of [
      'trustPolicyExclude:\n  - dayflow',
      'trustPolicy: no-downgrade\ntrustPolicyExclude: ["dayflow@1.0.9 || 1.1.0"]',
      'trustPolicyExclude:\n  - "day*"',
      `trustPolicyIgnoreAfter: ${13 * day}`,
    ]) {
      assert.equal(await count(settings), 0, settings);
      assert.equal(await count(settings, 'npm@11.19.1'), 1, settings);
    }
    for (const settings of [
      'trustPolicy: no-downgrade',
      'trustPolicy: off',
      'trustPolicyExclude:\n  - dayflow@1.0.0',
      'trustPolicyExclude: dayflow',
      'trustPolicyExclude:\n  - day',
      `trustPolicyIgnoreAfter: ${15 * day}`,
      'trustPolicyIgnoreAfter: soon',
      'trustPolicyIgnoreAfter:',
    ]) {
      assert.equal(await count(settings), 1, settings);
    }
  });

  test('a mirror that leaves it out of all says nothing; of one it is not checked', async () => {
    const stripped = registryOf({ '1.0.0': ['none', '2026-10-01'], '1.1.0': ['none', '2026-11-10'] });
    assert.deepEqual(await messages(manifestOf('1.1.0'), stripped), []);
    const partial = registryOf({ '1.0.0': ['provenance', '2026-10-01'], '1.1.0': ['unknown', '2026-11-10'] });
    assert.deepEqual(await messages(manifestOf('1.1.0'), partial), []);
    const { snapshot, uri } = await openWorkspace(manifestOf('1.1.0'), { registry: partial });
    const { notChecked } = snapshot.diagnose(uri('package.json'));
    assert.deepEqual(
      notChecked.filter(({ rule }) => rule === 'provenance-downgrade').map(({ packages }) => packages),
      [['dayflow']],
    );
  });

  test('offline, without an answer and half typed it says nothing', async () => {
    assert.deepEqual(await messages(manifestOf('1.1.0'), {}), []);
    assert.deepEqual(await messages(manifestOf('1.1.0'), { dayflow: 500 }), []);
    const { findings } = await openWorkspace(manifestOf('1.1.0'), {
      settings: { online: false, trusted: true },
    });
    assert.deepEqual(findings('provenance-downgrade'), []);
    const registry = registryOf({ '1.0.0': ['provenance', '2026-10-01'], '1.1.0': ['none', '2026-11-10'] });
    assert.deepEqual(
      await messages('-- package.json --\n{ "dependencies": { "dayflow": "1.1.\n', registry),
      [],
    );
  });

  test('the fix takes the version that had it, in its place', async () => {
    const source = `-- package.json --\n{\n\t// kept\n\t"dependencies": { "df": "npm:dayflow@^1.0.0" /* why */ }\n}\n`;
    const registry = registryOf({ '1.0.0': ['provenance', '2026-10-01'], '1.1.0': ['none', '2026-11-10'] });
    const after = await fixOf(source, 'provenance-downgrade', /^Replace with/, { registry });
    assert.match(after, /\t"dependencies": \{ "df": "npm:dayflow@1\.0\.0" \/\* why \*\/ \}/);
  });
});
