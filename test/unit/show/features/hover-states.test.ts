import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Fact, Unavailable } from '../../../../server/src/core/know/registry/documents/fact.ts';
import type { Packument } from '../../../../server/src/core/know/registry/documents/packument.ts';
import { LOCKFILE, MANIFEST, NOW, NPMRC, plain, ready } from './hover-harness.ts';

const DAY = 24 * 60 * 60 * 1000;
const dayOf = (ago: number) => new Date(NOW - ago * DAY).toISOString();

/** Returns a package as in the public registry, with a later version that has another publisher and a script. */
function esbuildLike(): Record<string, unknown> {
  const version = (number: string, more: object = {}) => ({
    name: 'left-pad',
    version: number,
    license: 'MIT',
    dependencies: { wrappy: '^1.0.0', once: '^1.0.0' },
    optionalDependencies: { fsevents: '^2.0.0' },
    peerDependencies: { react: '^18.0.0' },
    scripts: { test: 'node test' },
    maintainers: [{ name: 'anna' }, { name: 'bert' }],
    _npmUser: {
      name: 'GitHub Actions',
      email: 'oidc@registry.example.test',
      trustedPublisher: { id: 'github', oidcConfigId: 'x' },
      approver: { name: 'bert' },
    },
    dist: {
      tarball: `https://registry.public.example.test/left-pad/-/left-pad-${number}.tgz`,
      integrity: `sha512-${number}`,
      unpackedSize: 48_400,
      fileCount: 12,
      signatures: [{ keyid: 'SHA256:x', sig: 'x' }],
      attestations: {
        url: 'https://registry.public.example.test/-/npm/v1/attestations/left-pad@1.2.0',
        provenance: { predicateType: 'https://slsa.dev/provenance/v1' },
      },
    },
    ...more,
  });
  const numbers = ['1.0.0', '1.0.1', '1.1.0', '1.1.1', '1.2.0'];
  const stolen = version('1.3.0', {
    _npmUser: { name: 'mallory', email: 'mallory@mail.example.test' },
    maintainers: [{ name: 'anna' }, { name: 'mallory' }],
    scripts: { postinstall: 'node setup.js' },
    dependencies: { wrappy: '^1.0.0', 'plain-crypto': '^4.2.0' },
    dist: { tarball: 'https://x.example.test/a.tgz', unpackedSize: 1_480_000, signatures: [] },
  });
  return {
    name: 'left-pad',
    description: 'String left pad',
    license: 'MIT',
    'dist-tags': { latest: '1.3.0' },
    maintainers: [{ name: 'anna' }, { name: 'mallory' }],
    time: {
      created: dayOf(900),
      ...Object.fromEntries(numbers.map((number, at) => [number, dayOf(900 - at * 200)])),
      '1.3.0': dayOf(0.4),
    },
    versions: {
      ...Object.fromEntries(numbers.map((number) => [number, version(number)])),
      '1.3.0': stolen,
    },
  };
}

const on = '"left-pad": "^1.0.0"';
const known = {
  downloads: { state: 'ready', value: { lastWeek: 1_234_567 }, asOf: NOW, stale: false },
  signature: {
    state: 'ready',
    value: { type: 'verified', keyid: 'SHA256:x', integrity: 'sha512-1.2.0' },
    asOf: NOW,
    stale: false,
  },
  provenance: {
    state: 'ready',
    value: [
      {
        result: 'verified',
        predicateType: 'https://slsa.dev/provenance/v1',
        source: {
          ...{ issuer: undefined, subject: undefined, repositoryId: undefined, ref: undefined },
          ...{ commit: undefined, repository: 'https://github.com/anna/left-pad' },
        },
      },
    ],
    asOf: NOW,
    stale: false,
  },
} as const;

describe('the states of a hover card', () => {
  test('ready: everything is known', async () => {
    assert.equal(
      await plain(MANIFEST + LOCKFILE, on, ready(esbuildLike()), { known }),
      `left-pad 1.2.0 locked · declares ^1.0.0 · latest 1.3.0 (9 h ago)

String left pad · MIT

Too new           1.3.0 (9 h ago) is within the cooldown of 3 days (default)
Changed in 1.3.0  published from the account mallory, no longer by a trusted publisher · no provenance, which 1.2.0 had · new postinstall: node setup.js · maintainers: mallory added, bert removed
                  new dependency plain-crypto · removed dependency once · 1.5 MB, before 48 kB
Published         16 Aug 2026 (3 months ago) by GitHub Actions as a trusted publisher, approved by bert, like the 4 versions before
Maintainers       anna, mallory
Releases          ▃▁▃▁▁▃▁▁▃▁▃▃ 6 versions since 2024, 3 in the last year · 1.2 M downloads a week
Scripts           runs a script on install — approved for 1.2.0 in allowScripts
Contents          2 dependencies, 1 optional, 1 peer · 48 kB in 12 files
Trust             registry signature verified · provenance verified: built from github.com/anna/left-pad, which proves the origin, not safety
Registry          the public npm registry (npm's default)
Findings          none
Advisories        none known for 1.2.0 · by bundled data of 20 Nov 2026 (4 days ago)`,
    );
  });

  const unavailable = (reason: Unavailable['reason'], detail: string): Fact<Packument> => ({
    ...{ state: 'unavailable', reason, detail },
  });
  const rest = `Scripts      runs a script on install — approved for 1.2.0 in allowScripts
Registry     the public npm registry (npm's default)
Findings     none known so far
Advisories   none known for 1.2.0 · by bundled data of 20 Nov 2026 (4 days ago)`;
  const head = 'left-pad 1.2.0 locked · declares ^1.0.0 · latest unknown\n\nMIT\n';

  for (const [state, packument, words] of [
    ['pending', { state: 'pending' }, 'the registry has not answered yet'],
    ['offline', unavailable('offline', 'offline'), 'offline'],
    [
      'forbidden',
      unavailable('no-access', 'the registry refuses access with the configured credential'),
      'the registry refuses access with the configured credential',
    ],
    [
      'private',
      unavailable('private', 'it is an internal name without a configured registry'),
      'it is an internal name without a configured registry',
    ],
    [
      'failed',
      unavailable('failed', 'the registry answered with status 500'),
      'the registry answered with status 500',
    ],
    ['untrusted', unavailable('untrusted', 'this folder is not trusted'), 'this folder is not trusted'],
  ] as const satisfies readonly (readonly [string, Fact<Packument>, string])[]) {
    test(state, async () => {
      const card = await plain(MANIFEST + LOCKFILE, on, packument);
      assert.equal(card, `${head}\nNot checked  ${words}\n${rest}`);
    });
  }

  test('not found', async () => {
    assert.equal(
      await plain(MANIFEST + NPMRC + LOCKFILE, '"@acme/left-pad"', { state: 'absent', asOf: NOW }),
      `@acme/left-pad 1.1.0 locked · declares ~1.1.0 · development · latest unknown

Not found   npm.acme.example.test has no package named "@acme/left-pad"
Scripts     none run on install
Registry    served by npm.acme.example.test (.npmrc line 2); this name is sent nowhere else
Findings    none
Advisories  not checked: public advisories do not apply to a private package`,
    );
  });

  test('a part of it is not known, and says why', async () => {
    const parts = async (more: object) => {
      const card = await plain(MANIFEST + LOCKFILE, on, ready(esbuildLike()), { known: more });
      const texts = ['Releases', 'Trust'].map(
        (label) => new RegExp(`^${label} +(.*)$`, 'm').exec(card!)![1]!,
      );
      return [texts[0]!.split(' · ')[1], ...texts[1]!.split(' · ')];
    };
    const failed = unavailable('failed', 'the registry answered with status 500');
    assert.deepEqual(await parts({ downloads: failed, signature: failed, provenance: failed }), [
      'downloads unknown: the registry answered with status 500',
      'signature not verified: the registry answered with status 500',
      'provenance not verified: the registry answered with status 500',
    ]);
    const pending = { state: 'pending' };
    assert.deepEqual(await parts({ downloads: pending, signature: pending, provenance: pending }), [
      'downloads pending',
      'signature not verified yet',
      'provenance not verified yet',
    ]);
    const absent = { state: 'absent', asOf: NOW };
    assert.deepEqual(await parts({ downloads: absent, signature: absent, provenance: absent }), [
      'downloads not counted',
      'this registry signs nothing',
      'no provenance',
    ]);
    const judged = (value: object) => ({ state: 'ready', value, asOf: NOW, stale: false });
    const predicateType = 'https://slsa.dev/provenance/v1';
    const detail = 'it covers another package or version';
    assert.deepEqual(
      await parts({
        signature: judged({ type: 'invalid' }),
        provenance: judged([{ result: 'invalid', predicateType, detail }]),
      }),
      [
        undefined,
        'registry signature invalid: the package differs from the signed one',
        `provenance invalid: ${detail}`,
      ],
    );
  });

  test('no finding is only said where every rule knew what it needs', async () => {
    const last = async (allChecked: boolean) =>
      (await plain(MANIFEST + LOCKFILE, on, ready(), { allChecked }))!.split('\n').at(-2);
    assert.equal(await last(true), 'Findings     none');
    assert.equal(await last(false), 'Findings     none known so far');
  });

  test('a package that was taken from the registry says so', async () => {
    const gone = {
      name: 'left-pad',
      time: { created: dayOf(90), unpublished: { time: dayOf(40), versions: ['1.2.0'] } },
    };
    assert.match(
      (await plain(MANIFEST + LOCKFILE, on, ready(gone)))!,
      /^Unpublished +the whole package, on /m,
    );
    const held = {
      name: 'left-pad',
      'dist-tags': { latest: '0.0.1-security' },
      versions: { '0.0.1-security': {} },
    };
    assert.match((await plain(MANIFEST + LOCKFILE, on, ready(held)))!, /^Removed +by the registry, /m);
  });
});
