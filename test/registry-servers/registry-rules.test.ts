import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic } from 'vscode-languageserver';
import { makeProject } from '../cli/run-cli.ts';
import { type BuiltServer, startBuiltServer } from './support/built-server.ts';
import { makeHome } from './support/home.ts';
import { pack, securityHolding, unpublished } from './support/package-fixture.ts';
import { type RecordedRegistryOptions, startRecordedRegistry } from './support/recorded-registry.ts';
import { type Outside, startOutside } from './support/recorders.ts';

const DAY = 24 * 60 * 60 * 1000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString();

/** Two versions of the last days, on different days: any mirror that keeps times has this. */
const PACKAGES = [
  pack('young', { '1.0.0': { at: daysAgo(9) }, '1.0.1': { at: daysAgo(2) } }),
  pack(
    'old',
    { '1.0.0': { at: '2020-01-01' }, '1.2.0': { at: '2021-01-01' } },
    { removed: { '1.1.0': '2020-06-01' } },
  ),
  pack('fs', { '0.0.1-security': { at: '2016-08-23' } }),
  pack('bank-ui-core', { '99.0.0': { at: '2024-01-01' } }),
  securityHolding('stolen', { '1.0.0': '2026-09-01' }),
  unpublished('gone', { '1.0.0': '2020-01-01' }, '2021-01-01'),
];
const DEPENDENCIES = {
  young: '^1.0.0',
  old: '1.1.0',
  'bank-ui-core': '*',
  stolen: '^1.0.0',
  gone: '^1.0.0',
  'name-of-nobody': '^1.0.0',
  'acme-utils': '^1.0.0',
  'our-lib': 'workspace:*',
  fs: '*',
};
const RULES = [
  'package-not-found',
  'new-package',
  'reserved-name',
  'dependency-confusion',
  'version-unavailable',
  'scope-registry-missing',
];

describe('rules that ask a registry, in the built server', () => {
  let outside: Outside;
  before(async () => {
    outside = await startOutside();
  });
  after(() => outside.close());

  /** Waits until the findings of the manifest are these, reads all cards, and checks that they still are. */
  const expectFindings = async (
    expected: readonly string[],
    options: RecordedRegistryOptions & { readonly trusted?: boolean } = {},
  ): Promise<readonly string[]> => {
    const { trusted = true } = options;
    const registry = await startRecordedRegistry({ packages: PACKAGES, ...options });
    const home = makeHome({ npmrc: `registry=${registry.url}\n`, env: outside.env });
    const project = makeProject({
      'package.json': { name: 'shop', private: true, dependencies: DEPENDENCIES },
      'dependency-hygiene.json': { mirrors: [registry.url], internalNames: ['acme-utils'] },
    });
    const server = await startBuiltServer({ project, env: home.env, trusted });
    try {
      await expectIn(server, expected, trusted);
    } finally {
      await server.stop();
      await registry.close();
      rmSync(home.folder, { recursive: true });
    }
    return registry.asked();
  };

  test('say what a mirror knows, and ask it for no internal name', async () => {
    const asked = await expectFindings([
      'new-package 2 "young" was first published on DAY. Make sure that it is the package you mean.',
      'package-not-found 2 "name-of-nobody" is not on 127.0.0.1',
      'reserved-name 1 "stolen" is a name that the registry holds with a placeholder package to prevent misuse. Remove it and find out what an earlier install ran.',
      'reserved-name 2 "fs" is a module of Node itself',
      'version-unavailable 2 All versions of "gone" were removed from 127.0.0.1 on DAY. Replace it.',
      'version-unavailable 2 old 1.1.0 is no longer on 127.0.0.1',
    ]);
    assert.ok(
      !asked.some((line) => line.includes('acme-utils') || line.includes('our-lib')),
      asked.join('\n'),
    );
  });

  test('say of a mirror that keeps the least only what is true whatever it lacks', async () => {
    const always = [
      'package-not-found 2 "name-of-nobody" is not on 127.0.0.1',
      'reserved-name 1 "stolen" is a name that the registry holds with a placeholder package to prevent misuse. Remove it and find out what an earlier install ran.',
      'reserved-name 2 "fs" is a module of Node itself',
      'version-unavailable 4 old 1.1.0 is not among the versions that 127.0.0.1 has. Find out why and move to 1.0.0 or 1.2.0.',
    ];
    await expectFindings(always, { partialMirror: { mirroredOn: daysAgo(3).slice(0, 10) } });
  });

  test('say nothing of an untrusted folder but what its files say, and ask nobody', async () => {
    const expected = ['reserved-name 2 "fs" is a module of Node itself'];
    assert.deepEqual(await expectFindings(expected, { trusted: false }), []);
  });
});

async function expectIn(
  { client, uri, hover }: BuiltServer,
  expected: readonly string[],
  trusted: boolean,
): Promise<void> {
  const manifest = uri('package.json');
  const pull = async () =>
    ((await client.pull(manifest)).items ?? []).filter(isOfThese).map(describeIn).sort();
  await client.open(manifest);
  for (let found = await pull(); !isDeepStrictEqual(found, expected); found = await pull()) {
    const before = client.refreshes;
    const arrived = client.until(() => client.refreshes > before).then(() => true);
    if (!(await arrived.catch(() => false))) break;
  }
  for (const name of trusted ? Object.keys(DEPENDENCIES) : []) await hover('package.json', `"${name}":`);
  assert.deepEqual(await pull(), expected);
}

function isOfThese({ code }: Diagnostic): boolean {
  return RULES.includes(String(code));
}

/** Returns the rule, the severity, and the beginning of the sentence without ports and days. */
function describeIn({ code, severity, message }: Diagnostic): string {
  const text = String(message).split(/[;,(]/)[0]!;
  return `${code} ${severity} ${text
    .replace(/(?<=127\.0\.0\.1):\d+/, '')
    .replace(/\d{4}-\d\d-\d\d/, 'DAY')
    .trim()}`;
}
