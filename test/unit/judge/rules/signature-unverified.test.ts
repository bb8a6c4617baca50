import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeSigningKey, signVersion } from '../../../registry-servers/support/signing-key.ts';
import { fixOf, openWorkspace, type RegistryDocuments } from '../../../workspace.ts';

const KEY = makeSigningKey();
const OLD_KEY = makeSigningKey('2025-01-29T00:00:00.000Z');
const UNLISTED = makeSigningKey();
const hash = (letter: string) => `sha512-${letter.repeat(86)}==`;
const INTEGRITY = hash('A');

type Signed = 'right' | 'wrong' | 'old-key' | 'unlisted' | 'none';

function versionOf(version: string, signed: Signed, integrity = INTEGRITY): object {
  const key = { right: KEY, wrong: KEY, 'old-key': OLD_KEY, unlisted: UNLISTED, none: KEY }[signed];
  const signature = signVersion(key, 'left-pad', signed === 'wrong' ? `${version}-x` : version, integrity);
  const signatures = signed === 'none' ? [] : [signature];
  return { dist: { tarball: 'https://registry.example.test/left-pad.tgz', integrity, signatures } };
}

function registryOf(versions: Readonly<Record<string, Signed>>, more: object = {}): RegistryDocuments {
  const time = Object.fromEntries(
    Object.keys(versions).map((key, at) => [key, `2025-0${at + 2}-01T00:00:00Z`]),
  );
  const documents = Object.entries(versions).map(([key, signed]) => [key, versionOf(key, signed)]);
  return {
    'left-pad': { time, 'dist-tags': {}, versions: Object.fromEntries(documents), ...more },
    '-/npm/v1/keys': { keys: [KEY.listed, OLD_KEY.listed] },
  };
}

const manifestOf = (range: string, name = 'left-pad') =>
  `-- package.json --\n{\n  "name": "shop", // ours\n  "dependencies": { "${name}": "${range}" }\n}\n`;

const lockOf = (version: string, integrity: string) =>
  `-- package-lock.json --\n${JSON.stringify({
    name: 'shop',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: 'shop', dependencies: { 'left-pad': '^1.0.0' } },
      'node_modules/left-pad': { version, integrity },
    },
  })}\n`;

async function messages(source: string, registry: RegistryDocuments): Promise<readonly string[]> {
  const { findings } = await openWorkspace(source, { registry });
  return findings('signature-unverified').map(({ severity, message }) => `${severity}: ${message}`);
}

async function gaps(source: string, registry: RegistryDocuments): Promise<readonly string[]> {
  const { snapshot, uri } = await openWorkspace(source, { registry });
  const { notChecked } = snapshot.diagnose(uri('package.json'));
  return notChecked.filter(({ rule }) => rule === 'signature-unverified').map(({ reason }) => reason);
}

describe('signature-unverified', () => {
  test('a good signature says nothing, and leaves nothing unchecked', async () => {
    const registry = registryOf({ '1.0.0': 'right' });
    assert.deepEqual(await messages(manifestOf('1.0.0'), registry), []);
    assert.deepEqual(await gaps(manifestOf('1.0.0'), registry), []);
  });

  test('a wrong one is an error, and a signed version is offered', async () => {
    const registry = registryOf({ '1.0.0': 'right', '1.1.0': 'wrong' });
    assert.deepEqual(await messages(manifestOf('^1.0.0'), registry), [
      'error: The signature of left-pad 1.1.0 does not verify: its name, version or hash is not what its registry signed. Install 1.0.0 instead, whose signature verifies.',
    ]);
    const locked = manifestOf('^1.0.0') + lockOf('1.1.0', INTEGRITY);
    assert.equal((await messages(locked, registry)).length, 1);
    assert.deepEqual(await messages(manifestOf('1.0.0'), registryOf({ '1.0.0': 'wrong' })), [
      'error: The signature of left-pad 1.0.0 does not verify: its name, version or hash is not what its registry signed. Do not install it.',
    ]);
  });

  test('a key that nobody lists is a warning; one that had expired an error', async () => {
    assert.deepEqual(await messages(manifestOf('1.0.0'), registryOf({ '1.0.0': 'unlisted' })), [
      "warning: left-pad 1.0.0 is signed with a key that is not among the public registry's. Find out why before you install it.",
    ]);
    assert.deepEqual(await messages(manifestOf('1.0.0'), registryOf({ '1.0.0': 'old-key' })), [
      'error: left-pad 1.0.0 is signed with a key that had expired when it was published. Find out why before you install it.',
    ]);
    const before = { time: { '1.0.0': '2024-06-01T00:00:00Z' } };
    assert.deepEqual(await messages(manifestOf('1.0.0'), registryOf({ '1.0.0': 'old-key' }, before)), []);
  });

  test('at a mirror a key that had expired is not known to be wrong', async () => {
    const source = `${manifestOf('1.0.0')}-- .npmrc --\nregistry=https://mirror.example.test/\n-- dependency-hygiene.json --\n{ "mirrors": ["https://mirror.example.test/"] }\n`;
    assert.deepEqual(await messages(source, registryOf({ '1.0.0': 'old-key' })), []);
    assert.deepEqual(await gaps(source, registryOf({ '1.0.0': 'old-key' })), ['not-provided']);
  });

  test('a signature that only one version lacks is missing; a mirror that has none says nothing', async () => {
    assert.deepEqual(await messages(manifestOf('1.1.0'), registryOf({ '1.0.0': 'right', '1.1.0': 'none' })), [
      'warning: left-pad 1.1.0 is not signed by the public registry, and other versions of it are. Find out why before you install it.',
    ]);
    const stripped = registryOf({ '1.0.0': 'none', '1.1.0': 'none' });
    assert.deepEqual(await messages(manifestOf('1.1.0'), stripped), []);
    assert.deepEqual(await gaps(manifestOf('1.1.0'), stripped), ['not-provided']);
  });

  test('a registry without keys signs nothing, so that nothing is missing', async () => {
    const { 'left-pad': document } = registryOf({ '1.0.0': 'wrong', '1.1.0': 'none' });
    for (const status of [404, 400]) {
      const registry = { 'left-pad': document!, '-/npm/v1/keys': status };
      assert.deepEqual(await messages(manifestOf('1.0.0'), registry), []);
      assert.deepEqual(await gaps(manifestOf('1.0.0'), registry), []);
    }
  });

  test('keys that cannot be had leave it unchecked', async () => {
    const { 'left-pad': document } = registryOf({ '1.0.0': 'wrong' });
    const answers = [
      [403, 'no-access'] as const,
      [500, 'failed'] as const,
      [{ keys: [{ keyid: 1 }] }, 'failed'] as const,
    ];
    for (const [keys, reason] of answers) {
      const registry = { 'left-pad': document!, '-/npm/v1/keys': keys };
      assert.deepEqual(await messages(manifestOf('1.0.0'), registry), []);
      assert.deepEqual(await gaps(manifestOf('1.0.0'), registry), [reason]);
    }
  });

  test('offline and untrusted nothing is said, and it counts as not checked', async () => {
    for (const settings of [{}, { online: true, trusted: false }, { online: false, trusted: true }]) {
      const { findings, snapshot, uri } = await openWorkspace(manifestOf('1.0.0'), { settings });
      assert.deepEqual(findings('signature-unverified'), []);
      const { provisional } = snapshot.diagnose(uri('package.json'));
      assert.equal(provisional, false);
    }
  });

  test('the locked hash has to be the one that was signed', async () => {
    const registry = registryOf({ '1.0.0': 'right' });
    const found = await messages(manifestOf('^1.0.0') + lockOf('1.0.0', hash('B')), registry);
    assert.deepEqual(found, [
      'error: The locked hash of left-pad 1.0.0 is not the one that the public registry signed. Restore the entry from git, or remove it and lock it again.',
    ]);
    const changed = manifestOf('^1.0.0') + lockOf('1.0.0', hash('B'));
    const { findings, text, uri } = await openWorkspace(changed, { registry });
    const [related] = findings('signature-unverified')[0]!.related;
    assert.equal(related?.uri, uri('package-lock.json'));
    const { start, end } = related!.span;
    assert.equal(text('package-lock.json')!.slice(start, end), JSON.stringify(hash('B')));
    assert.deepEqual(await messages(manifestOf('^1.0.0') + lockOf('1.0.0', INTEGRITY), registry), []);
    const sha1 = `sha1-${'A'.repeat(27)}=`;
    assert.deepEqual(await messages(manifestOf('^1.0.0') + lockOf('1.0.0', sha1), registry), []);
    const one = `${sha1} ${INTEGRITY} ${hash('B')}`;
    assert.deepEqual(await messages(manifestOf('^1.0.0') + lockOf('1.0.0', one), registry), []);
  });

  test('an alias is signed under the name of its target', async () => {
    const registry = registryOf({ '1.0.0': 'right', '1.1.0': 'wrong' });
    assert.deepEqual(await messages(manifestOf('npm:left-pad@1.0.0', 'pad'), registry), []);
    const [found] = await messages(manifestOf('npm:left-pad@1.1.0', 'pad'), registry);
    assert.match(found!, /^error: The signature of left-pad 1\.1\.0 /);
  });

  test('an attestation that does not verify is an error, unless that is switched off', async () => {
    const SLSA = 'https://slsa.dev/provenance/v1';
    const dist = {
      tarball: 'https://registry.example.test/left-pad.tgz',
      integrity: INTEGRITY,
      attestations: { provenance: { predicateType: SLSA } },
    };
    const registry = {
      'left-pad': { versions: { '1.0.0': { dist } } },
      '-/npm/v1/attestations/left-pad@1.0.0': { attestations: [{ predicateType: SLSA, bundle: {} }] },
    };
    assert.deepEqual(await messages(manifestOf('1.0.0'), registry), [
      'error: An attestation of left-pad 1.0.0 does not verify: it holds no statement. Do not install it.',
    ]);
    const off = `-- dependency-hygiene.json --\n{ "rules": { "signature-unverified": ["error", { "attestations": false }] } }\n`;
    assert.deepEqual(await messages(manifestOf('1.0.0') + off, registry), []);
    const missing = { 'left-pad': registry['left-pad'] };
    assert.deepEqual(await messages(manifestOf('1.0.0'), missing), []);
    assert.deepEqual(await gaps(manifestOf('1.0.0'), missing), ['not-provided']);
  });

  test('a half-typed manifest says nothing of what it does not name', async () => {
    const registry = registryOf({ '1.0.0': 'wrong' });
    for (const text of [
      '{ "dependencies": { "left-pad": ',
      '{ "dependencies": { "left-pad": "',
      '{ "dependencies": { "lef',
    ]) {
      assert.deepEqual(await messages(`-- package.json --\n${text}\n`, registry), []);
    }
  });

  test('the fix takes a version that is known to be signed, and nothing else', async () => {
    const source = `-- package.json --\n{\n  // kept\n  "dependencies": {"left-pad": "^1.1.0" /* why */},\n}\n`;
    const registry = registryOf({ '1.0.0': 'right', '1.1.0': 'wrong' });
    const after = await fixOf(source, 'signature-unverified', /^Replace with "left-pad": "1\.0\.0"$/, {
      registry,
    });
    assert.match(after, /\/\/ kept\n {2}"dependencies": \{"left-pad": "1\.0\.0" \/\* why \*\/\},/);
    for (const other of ['wrong', 'unlisted', 'none', 'old-key'] as const) {
      const { findings, snapshot } = await openWorkspace(source, {
        registry: registryOf({ '1.0.0': other, '1.1.0': 'wrong' }),
      });
      const [found] = findings('signature-unverified');
      const titles = snapshot.fixesOf(found!).map(({ title }) => title);
      assert.deepEqual(
        titles.filter((title) => title.startsWith('Replace')),
        [],
        other,
      );
    }
  });
});
