import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { makeProject } from '../cli/run-cli.ts';
import { type BuiltServer, startBuiltServer } from './support/built-server.ts';
import { type Home, makeHome } from './support/home.ts';
import { pack } from './support/package-fixture.ts';
import { type RecordedRegistry, startRecordedRegistry } from './support/recorded-registry.ts';
import { type Outside, startOutside } from './support/recorders.ts';
import { hearersOf } from './support/recording.ts';
import { type Sigstore, startSigstore } from './support/sigstore.ts';

const DAY = 24 * 60 * 60 * 1000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString();
const repository = (name: string) => ({ repository: `git+https://github.com/Acme/${name}.git` });

const PACKAGES = [
  pack('fine', { '1.0.0': { provenance: 'acme/fine', manifest: repository('fine') } }),
  pack('forged', { '1.0.0': { signature: 'wrong' } }),
  pack('borrowed', { '1.0.0': { provenance: 'mallory/borrowed', manifest: repository('borrowed') } }),
  pack('dropped', {
    '1.0.0': { provenance: 'acme/dropped', at: daysAgo(40) },
    '1.1.0': { at: daysAgo(20) },
  }),
];
const RULES = ['signature-unverified', 'provenance-downgrade', 'provenance-repository-mismatch'];

describe('rules about proofs, in the built server', () => {
  let sigstore: Sigstore;
  let registry: RecordedRegistry;
  let outside: Outside;
  let home: Home;
  let project: string;
  const running: BuiltServer[] = [];

  before(async () => {
    sigstore = await startSigstore();
    registry = await startRecordedRegistry({ packages: PACKAGES, sigstore });
    outside = await startOutside();
    home = makeHome({ npmrc: `registry=${registry.url}\n`, env: outside.env });
    writeFileSync(path.join(home.folder, 'root.json'), JSON.stringify(sigstore.trustedRoot));
    const names = PACKAGES.map(({ name }) => name);
    const dependencies = Object.fromEntries(
      names.map((name) => [name, name === 'dropped' ? '1.1.0' : '1.0.0']),
    );
    project = makeProject({ 'package.json': { name: 'shop', private: true, dependencies } });
  });
  after(async () => {
    await Promise.all(running.map((server) => server.stop()));
    await Promise.all([registry.close(), sigstore.close(), outside.close()]);
    rmSync(home.folder, { recursive: true });
  });

  /** Checks the findings in the manifest once all requests are answered. */
  const expectFindings = async (expected: readonly string[], env: Readonly<Record<string, string>>) => {
    const server = await startBuiltServer({ project, env: { ...home.env, ...env } });
    running.push(server);
    const { client, uri } = server;
    const manifest = uri('package.json');
    const pull = async () =>
      ((await client.pull(manifest)).items ?? [])
        .filter(({ code }) => RULES.includes(String(code)))
        .map(({ code, severity, message }) => `${code} ${severity}: ${String(message).split(/[:;]/, 1)[0]}`)
        .sort();
    await client.open(manifest);
    for (let found = await pull(); !isDeepStrictEqual(found, expected); found = await pull()) {
      const before = client.refreshes;
      const arrived = client.until(() => client.refreshes > before).then(() => true);
      if (!(await arrived.catch(() => false))) break;
    }
    assert.deepEqual(await pull(), expected);
  };

  const WITHOUT_SIGSTORE = [
    'provenance-downgrade 2: dropped 1.1.0 was published without provenance, which 1.0.0 has. Use 1.0.0 until you know why.',
    'signature-unverified 1: The signature of forged 1.0.0 does not verify',
  ];

  test('report what real signatures and certificates say, and nothing of what is right', async () => {
    await expectFindings(
      [
        ...WITHOUT_SIGSTORE.slice(0, 1),
        'provenance-repository-mismatch 2: borrowed 1.0.0 names the repository github.com/acme/borrowed, but was built from github.com/mallory/borrowed. Make sure that the two belong together.',
        ...WITHOUT_SIGSTORE.slice(1),
      ],
      { DEPHYGIENE_TRUSTED_ROOT: path.join(home.folder, 'root.json') },
    );
    assert.deepEqual(outside.requests, []);
  });

  test("without Sigstore's keys nothing of an attestation is called wrong, and no name was sent for them", async () => {
    await expectFindings(WITHOUT_SIGSTORE, {});
    for (const { name } of PACKAGES) assert.deepEqual(hearersOf(name, { outside }), []);
  });
});
