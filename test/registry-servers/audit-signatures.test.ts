import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, before, describe, test } from 'node:test';
import { makeProject } from '../cli/run-cli.ts';
import { pack } from './support/package-fixture.ts';
import { runCliBeside } from './support/run-async.ts';
import { type SigningWorld, signingWorld } from './support/signing-world.ts';

const PACKAGES = [
  pack('fine', { '1.0.0': { provenance: 'acme/fine' } }),
  pack('@acme/signed'),
  pack('forged', { '1.0.0': { signature: 'wrong' } }),
  pack('bare', { '1.0.0': { signature: 'none' } }),
  pack('revoked', { '1.0.0': { signature: 'expired-key' } }),
  pack('by-nobody', { '1.0.0': { signature: 'unknown-key' } }),
];

interface Row {
  readonly name: string;
  readonly version: string;
  readonly location: string;
  readonly registry: string;
  readonly resolved: string;
  readonly integrity: string;
  readonly code?: string;
  readonly keyid?: string;
  readonly predicateType?: string;
  readonly type?: string;
}
interface Json {
  readonly invalid: readonly Row[];
  readonly missing: readonly Row[];
  readonly counts: Readonly<Record<string, number>>;
  readonly coverage: { readonly state: string; readonly gaps: readonly { readonly subject: string }[] };
}

describe('dephygiene audit signatures', () => {
  const world = signingWorld(PACKAGES, [
    '*',
    ...PACKAGES.map(({ name }) => name),
    '/-/npm/v1/keys',
    '/fine/-/',
  ]);
  let { registry, outside, home, rootFile } = {} as SigningWorld;
  before(() => {
    ({ registry, outside, home, rootFile } = world());
  });
  afterEach(() => rmSync(path.join(home.folder, 'cache'), { recursive: true, force: true }));

  const lockfileOf = (names: readonly string[], more: object = {}) => {
    const root = { name: 'shop', dependencies: Object.fromEntries(names.map((name) => [name, '1.0.0'])) };
    const entries = names.map((name) => [`node_modules/${name}`, { version: '1.0.0', ...more }]);
    return { name: 'shop', lockfileVersion: 3, packages: { '': root, ...Object.fromEntries(entries) } };
  };
  const projectOf = (names: readonly string[], more: object = {}) =>
    makeProject({
      'package.json': {
        name: 'shop',
        private: true,
        dependencies: Object.fromEntries(names.map((name) => [name, '1.0.0'])),
      },
      'package-lock.json': lockfileOf(names, more),
    });
  const run = (cwd: string, ...args: readonly string[]) =>
    runCliBeside(['audit', 'signatures', ...args], {
      cwd,
      env: { ...home.env, DEPHYGIENE_TRUSTED_ROOT: rootFile },
    });
  const audit = async (cwd: string, ...args: readonly string[]) => {
    const { code, out, error } = await run(cwd, '--trust', '--json', ...args);
    assert.notEqual(out, '', error);
    return { code, error, json: JSON.parse(out) as Json };
  };

  test('everything verifies: what npm prints, and 0', async () => {
    const project = projectOf(['fine', '@acme/signed']);
    const { code, out, error } = await run(project, '--trust');
    assert.equal(error, '');
    assert.equal(code, 0);
    assert.equal(
      out.replace(/in \d+s/, 'in 0s'),
      'audited 2 packages in 0s\n\n2 packages have verified registry signatures\n\n1 package has a verified attestation\n',
    );
    assert.deepEqual(outside.requests, []);
    const { json } = await audit(project);
    const { invalid, missing, counts, coverage } = json;
    assert.deepEqual([invalid, missing, coverage], [[], [], { state: 'checked', gaps: [] }]);
    assert.deepEqual(counts, { audited: 2, verified: 2, attested: 1, unsigned: 0, tarballs: 0 });
  });

  test('missing, wrong, revoked and by an unknown key: each in the form of npm, and 1', async () => {
    const { code, json } = await audit(projectOf(PACKAGES.map(({ name }) => name)));
    assert.equal(code, 1);
    assert.deepEqual(
      json.invalid.map(({ name, code: fault }) => [name, fault]),
      [
        ['by-nobody', 'EMISSINGSIGNATUREKEY'],
        ['forged', 'EINTEGRITYSIGNATURE'],
        ['revoked', 'EEXPIREDSIGNATUREKEY'],
      ],
    );
    const [, forged] = json.invalid;
    assert.deepEqual(
      [forged!.version, forged!.location, forged!.registry, forged!.type, forged!.keyid],
      ['1.0.0', 'node_modules/forged', registry.url, 'dependencies', registry.key.keyid],
    );
    assert.match(forged!.integrity, /^sha512-/);
    const [bare] = json.missing;
    assert.deepEqual(json.missing.length, 1);
    assert.deepEqual(bare, {
      integrity: bare!.integrity,
      location: 'node_modules/bare',
      name: 'bare',
      registry: registry.url,
      resolved: `${registry.url}bare/-/bare-1.0.0.tgz`,
      version: '1.0.0',
    });
    const { code: again, out } = await run(projectOf(PACKAGES.map(({ name }) => name)), '--trust');
    assert.equal(again, 1);
    assert.match(
      out,
      /^1 package has a missing registry signature but the registry is providing signing keys:\n\nbare@1\.0\.0 \(/m,
    );
    assert.match(out, /^3 packages have invalid registry signatures:$/m);
    assert.match(out, /^Someone might have tampered with these packages since/m);
  });

  test('an attestation about another file, and a locked hash that was not signed', async () => {
    registry.fail('/-/npm/v1/attestations/fine', {
      type: 'json',
      value: { attestations: [{ predicateType: 'https://slsa.dev/provenance/v1', bundle: {} }] },
    });
    const attested = await audit(projectOf(['fine']));
    registry.fail('/-/npm/v1/attestations/fine', undefined);
    assert.deepEqual(
      [attested.code, attested.json.invalid.map(({ code, predicateType }) => [code, predicateType])],
      [1, [['EATTESTATIONVERIFY', 'https://slsa.dev/provenance/v1']]],
    );
    const locked = await audit(projectOf(['@acme/signed'], { integrity: `sha512-${'A'.repeat(86)}==` }));
    assert.deepEqual([locked.code, locked.json.invalid.map(({ code }) => code)], [1, ['EINTEGRITY']]);
  });

  test('--tarballs downloads and hashes the files', async () => {
    const project = projectOf(['fine', '@acme/signed']);
    const good = await audit(project, '--tarballs');
    assert.deepEqual([good.code, good.json.counts.tarballs], [0, 2]);
    registry.fail('/fine/-/', { type: 'json', value: { not: 'the file' } });
    const bad = await audit(project, '--tarballs');
    assert.deepEqual(
      [bad.code, bad.json.invalid.map(({ name, code }) => [name, code])],
      [1, [['fine', 'EINTEGRITY']]],
    );
    registry.fail('/fine/-/', { type: 'status', status: 500 });
    const none = await audit(project, '--tarballs');
    assert.deepEqual(
      [none.code, none.json.coverage.gaps.map(({ subject }) => subject)],
      [2, ['file of fine@1.0.0']],
    );
  });

  test('what could not be asked is listed, and is 2', async () => {
    registry.fail('fine', { type: 'status', status: 500 });
    const { code, error, json } = await audit(projectOf(['fine', '@acme/signed']));
    assert.deepEqual([code, json.counts.verified, json.coverage.state], [2, 1, 'partly']);
    assert.match(error, /signature of fine@1\.0\.0/);
    const offline = await audit(projectOf(['fine']), '--offline');
    assert.equal(offline.code, 2);
  });

  test('a registry without keys does not sign: nothing is audited, and 2', async () => {
    registry.fail('/-/npm/v1/keys', { type: 'status', status: 404 });
    const { code, error, json } = await audit(projectOf(['@acme/signed']));
    assert.deepEqual([code, json.counts.unsigned, json.missing], [2, 1, []]);
    assert.match(error, /no package was found that comes from a registry that signs/);
  });

  test('needs --trust, sends nothing without, and is no folder', async () => {
    const project = projectOf(['fine']);
    const { code, error } = await run(project);
    assert.deepEqual([code, registry.requests, outside.requests], [2, [], []]);
    assert.match(error, /add --trust if you trust the directory/);
    const help = await runCliBeside(['audit', 'signatures', '--help'], { cwd: project, env: home.env });
    assert.match(help.out, /^Verifies signatures and attestations of all locked packages/);
    const late = await runCliBeside(['audit', '--trust', 'signatures'], { cwd: project, env: home.env });
    assert.equal(late.code, 2);
    assert.match(late.error, /run "dephygiene audit signatures"/);
  });
});
