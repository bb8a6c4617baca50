import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Fact, Unavailable } from '../../../../server/src/core/know/registry/documents/fact.ts';
import type { Packument } from '../../../../server/src/core/know/registry/documents/packument.ts';
import { fact, LOCKFILE, MANIFEST, NOW, NPMRC, plain, ready } from './hover-harness.ts';

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
      `No known problems, by bundled data of 20 Nov 2026 (4 days ago)
left-pad 1.2.0 locked · declares ^1.0.0 · latest 1.3.0 (9 h ago)

Too new           1.3.0 (9 h ago) is within the cooldown of 3 days (default)
Changed in 1.3.0  published from the account mallory, no longer by a trusted publisher · no provenance, which 1.2.0 had · new postinstall: node setup.js
Scripts           runs a script on install — approved for 1.2.0 in allowScripts
Published         16 Aug 2026 (3 months ago) by GitHub Actions as a trusted publisher, approved by bert, like the 4 versions before
Trust             registry signature verified · provenance verified: built from github.com/anna/left-pad, which proves the origin, not safety`,
    );
  });

  const unavailable = (reason: Unavailable['reason'], detail: string): Fact<Packument> => ({
    ...{ state: 'unavailable', reason, detail },
  });
  const before = `Partly checked, nothing found so far
left-pad 1.2.0 locked · declares ^1.0.0

Scripts      runs a script on install — approved for 1.2.0 in allowScripts
License      MIT
Registry     the public npm registry (npm's default)`;

  for (const [state, packument, words] of [
    ['pending', { state: 'pending' }, 'no answer yet'],
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
      assert.equal(card, `${before}\nNot checked  registry data (${words})`);
    });
  }

  test('not found', async () => {
    assert.equal(
      await plain(MANIFEST + NPMRC + LOCKFILE, '"@acme/left-pad"', { state: 'absent', asOf: NOW }),
      `Not found: npm.acme.example.test has no package named "@acme/left-pad"
@acme/left-pad 1.1.0 locked · declares ~1.1.0 · development

Registry     served by npm.acme.example.test (.npmrc line 2); this name is sent nowhere else
Scripts      none run on install
Not checked  known vulnerabilities (public advisories do not apply to a private package)`,
    );
  });

  test('a part of it is not known: all of that in one line, by its reasons', async () => {
    const shown = (more: object) => plain(MANIFEST + LOCKFILE, on, ready(esbuildLike()), { known: more });
    const gaps = async (more: object) => /^Not checked +(.*)$/m.exec((await shown(more))!)?.[1];
    const failed = unavailable('failed', 'the registry answered with status 500');
    assert.equal(
      await gaps({ downloads: failed, signature: failed, provenance: failed }),
      'signature, provenance, downloads (the registry answered with status 500)',
    );
    const pending = { state: 'pending' };
    const absent = { state: 'absent', asOf: NOW };
    assert.equal(
      await gaps({ downloads: pending, signature: failed, provenance: pending }),
      'signature (the registry answered with status 500); provenance, downloads (no answer yet)',
    );
    assert.equal(await gaps({ downloads: absent, signature: absent, provenance: absent }), undefined);
    assert.match((await shown({ ...known, downloads: failed }))!, /^No known problems,/);
    assert.match((await shown({ ...known, provenance: failed }))!, /^Partly checked, nothing found so far/);
  });

  test('a signature or a provenance that is wrong is the verdict', async () => {
    const verdict = async (more: object) =>
      (await plain(MANIFEST + LOCKFILE, on, ready(esbuildLike()), { known: { ...known, ...more } }))!.split(
        '\n',
      )[0];
    assert.equal(
      await verdict({ signature: fact({ type: 'invalid' }) }),
      'Registry signature invalid: the package differs from the signed one',
    );
    const detail = 'it covers another package or version';
    const predicateType = 'https://slsa.dev/provenance/v1';
    assert.equal(
      await verdict({ provenance: fact([{ result: 'invalid', predicateType, detail }]) }),
      `Provenance invalid: ${detail}`,
    );
  });

  test('no problem is only said where every rule knew what it needs', async () => {
    const shown = (allChecked: boolean) =>
      plain(MANIFEST + LOCKFILE, on, ready(esbuildLike()), { allChecked, known });
    assert.match((await shown(true))!, /^No known problems,/);
    const partly = (await shown(false))!;
    assert.match(partly, /^Partly checked, nothing found so far/);
    assert.match(partly, /^Not checked +some rules \(their data is not known yet\)$/m);
  });

  test('a package that was taken from the registry says so', async () => {
    const gone = {
      name: 'left-pad',
      time: { created: dayOf(90), unpublished: { time: dayOf(40), versions: ['1.2.0'] } },
    };
    assert.match(
      (await plain(MANIFEST + LOCKFILE, on, ready(gone)))!,
      /^Unpublished: the whole package, on /,
    );
    const held = {
      name: 'left-pad',
      'dist-tags': { latest: '0.0.1-security' },
      versions: { '0.0.1-security': {} },
    };
    assert.match((await plain(MANIFEST + LOCKFILE, on, ready(held)))!, /^Removed by the registry, /);
  });
});
