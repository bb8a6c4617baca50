import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SbomFormat } from '../../../../server/src/core/read/sbom/sbom.ts';
import { makeSbom, writeSbom } from '../../../../server/src/core/show/sbom/make-sbom.ts';
import { fixOf, openWorkspace, parseWorkspace } from '../../../workspace.ts';
import { graphIn } from '../../read/graph/graph-of.ts';

const RULE = 'sbom-stale';
const ON = '-- dependency-hygiene.json --\n{ "rules": { "sbom-stale": "warning" } }\n';
const MANIFEST = '{ "name": "shop", "license": "MIT", "dependencies": { "a": "^1.0.0", "b": "^1.0.0" } }';

interface Locked {
  readonly a: string;
  readonly more?: Readonly<Record<string, object>>;
}

function lockfileOf({ a, more = {} }: Locked): string {
  const packages = {
    '': { name: 'shop', dependencies: { a: '^1.0.0', b: '^1.0.0' }, devDependencies: { tool: '^1.0.0' } },
    'node_modules/a': { version: a, license: 'ISC' },
    'node_modules/b': { version: '1.0.0' },
    'node_modules/tool': { version: '1.0.0', dev: true },
    ...more,
  };
  return `${JSON.stringify({ name: 'shop', lockfileVersion: 3, packages }, undefined, 2)}\n`;
}

/** Returns what `dephygiene sbom` prints for a state of the project. */
async function printed(locked: Locked, format: SbomFormat, omitsDev = false): Promise<string> {
  const files = { 'package.json': MANIFEST, 'package-lock.json': lockfileOf(locked) };
  const { sbom } = makeSbom({
    graph: await graphIn(files, 'package-lock.json'),
    ...{ omitsDev, unread: [] },
    licenseOf: ({ name, entry }) => entry.license ?? (name === 'b' ? 'BSD of our own' : undefined),
    licenseOfMember: () => 'MIT',
  });
  return writeSbom(sbom, format, { type: 'library', time: undefined, serialNumber: undefined });
}

function project(lockfile: string, file: string, sbom: string): string {
  return `${ON}-- package.json --\n${MANIFEST}\n-- package-lock.json --\n${lockfile}-- ${file} --\n${sbom}`;
}

async function messages(workspace: string): Promise<readonly string[]> {
  return (await openWorkspace(workspace)).findings(RULE).map(({ message }) => message);
}

/** Returns the text of the file after the fix. */
async function rewritten(workspace: string, file: string): Promise<string | undefined> {
  const after = await fixOf(workspace, RULE, /^Write .* again from the lockfile$/);
  return parseWorkspace(after).files.get(file);
}

describe('a document of ours', () => {
  for (const [format, file] of [
    ['cyclonedx', 'bom.json'],
    ['spdx', 'shop.spdx.json'],
  ] as const) {
    test(`in ${format} is written again as the command would, with the licenses that it has`, async () => {
      const before = await printed({ a: '1.0.0' }, format);
      assert.deepEqual(await messages(project(lockfileOf({ a: '1.0.0' }), file, before)), []);
      const stale = project(lockfileOf({ a: '1.1.0' }), file, before);
      const option = format === 'spdx' ? ' --format spdx' : '';
      assert.deepEqual(await messages(stale), [
        `a 1.0.0 in ${file} is outdated, as the lockfile has 1.1.0. Run "dephygiene sbom${option} --output ${file}".`,
      ]);
      assert.equal(await rewritten(stale, file), await printed({ a: '1.1.0' }, format));
    });

    test(`in ${format} without development dependencies stays so`, async () => {
      const before = await printed({ a: '1.0.0' }, format, true);
      assert.deepEqual(await messages(project(lockfileOf({ a: '1.0.0' }), file, before)), []);
      const stale = project(lockfileOf({ a: '1.1.0' }), file, before);
      assert.equal(await rewritten(stale, file), await printed({ a: '1.1.0' }, format, true));
    });
  }

  test('is compared as a whole', async () => {
    const more = { 'node_modules/c': { version: '1.0.0' } };
    const with3 = await printed({ a: '1.0.0', more }, 'cyclonedx');
    assert.deepEqual(await messages(project(lockfileOf({ a: '1.0.0' }), 'bom.json', with3)), [
      'c 1.0.0 in bom.json is not in the lockfile. Run "dephygiene sbom --output bom.json".',
    ]);
    const with2 = await printed({ a: '1.0.0' }, 'cyclonedx');
    assert.deepEqual(await messages(project(lockfileOf({ a: '1.0.0', more }), 'bom.json', with2)), [
      'c 1.0.0 of the lockfile is missing from bom.json. Run "dephygiene sbom --output bom.json".',
    ]);
  });

  test('with vulnerabilities is not written again, as their analysis would be lost', async () => {
    const text = (await printed({ a: '1.0.0' }, 'cyclonedx')).replace(
      /\}\n$/,
      ',\n"vulnerabilities": [] }\n',
    );
    const workspace = await openWorkspace(project(lockfileOf({ a: '1.1.0' }), 'bom.json', text));
    const fixes = workspace.snapshot.fixesOf(workspace.findings(RULE)[0]!);
    assert.deepEqual(fixes.map(({ applicability, command }) => [applicability, command]).slice(0, 1), [
      ['display-only', 'dephygiene sbom --output bom.json'],
    ]);
  });
});

describe('a document of another tool', () => {
  const other = (components: readonly object[], more: object = {}) =>
    `${JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', components, ...more })}\n`;
  const component = (name: string, version: string, more: object = {}) => ({
    ...{ type: 'library', name, version, purl: `pkg:npm/${name}@${version}` },
    ...more,
  });

  test('is outdated where it lists another version, also nested, and other differences count', async () => {
    const sbom = other([component('b', '0.9.0', { components: [component('a', '0.9.0')] })]);
    assert.deepEqual(await messages(project(lockfileOf({ a: '1.0.0' }), 'bom.json', sbom)), [
      'b 0.9.0 in bom.json is outdated, as the lockfile has 1.0.0. 1 other package differs too. Run "dephygiene sbom --output bom.json".',
    ]);
  });

  test('may list bundled packages, other sources and less than the lockfile', async () => {
    const sbom = other([
      component('a', '1.0.0'),
      component('bundled', '1.0.0'),
      component('git', '1.0.0', { purl: 'pkg:npm/git@1.0.0?vcs_url=git%2Bhttps:%2F%2Fexample.test%2Fg' }),
      component('b', '1.0.0'),
      // Bundled in another package, beside the locked one.
      component('b', '0.1.0'),
      { type: 'library', name: 'django', version: '5.0', purl: 'pkg:pypi/a@9.9.9' },
    ]);
    assert.deepEqual(await messages(project(lockfileOf({ a: '1.0.0' }), 'bom.json', sbom)), []);
  });

  test('is not compared if it is about something else, or is no bill of materials', async () => {
    const metadata = { component: { type: 'application', name: 'other' } };
    const sbom = other([component('a', '0.9.0')], { metadata });
    assert.deepEqual(await messages(project(lockfileOf({ a: '1.0.0' }), 'bom.json', sbom)), []);
    const same = other([component('a', '0.9.0')], { metadata: { component: { name: 'shop' } } });
    assert.equal((await messages(project(lockfileOf({ a: '1.0.0' }), 'bom.json', same))).length, 1);
    for (const text of ['{}\n', '[]\n', '{ "bomFormat": "CycloneDX", "components": [\n', '\n'])
      assert.deepEqual(await messages(project(lockfileOf({ a: '1.0.0' }), 'bom.json', text)), []);
  });

  test('has another hash than the lockfile', async () => {
    const lockfile = lockfileOf({
      a: '1.0.0',
      more: {
        'node_modules/a': { version: '1.0.0', integrity: `sha512-${Buffer.alloc(64, 1).toString('base64')}` },
      },
    });
    const hashed = (digest: string) =>
      other([component('a', '1.0.0', { hashes: [{ alg: 'SHA-512', content: digest }] })]);
    assert.deepEqual(await messages(project(lockfile, 'bom.json', hashed('01'.repeat(64)))), []);
    assert.deepEqual(await messages(project(lockfile, 'bom.json', hashed('02'.repeat(64)))), [
      'a 1.0.0 in bom.json has another hash than in the lockfile. Run "dephygiene sbom --output bom.json".',
    ]);
  });

  test('with a hostile name gets no command that a shell would read', async () => {
    const sbom = other([component('a', '0.9.0')]);
    const [message] = await messages(project(lockfileOf({ a: '1.0.0' }), 'x$(id).cdx.json', sbom));
    assert.match(message!, /Run "dephygiene sbom --output <file>"\.$/);
  });
});

test('nothing is compared with a lockfile that is read only partly, and by default', async () => {
  const sbom = `${JSON.stringify({ bomFormat: 'CycloneDX', components: [{ name: 'a', version: '0.9.0', purl: 'pkg:npm/a@0.9.0' }] })}\n`;
  const broken = lockfileOf({ a: '1.0.0', more: { 'node_modules/x': 5 as unknown as object } });
  assert.deepEqual(await messages(project(broken, 'bom.json', sbom)), []);
  const text = project(lockfileOf({ a: '1.0.0' }), 'bom.json', sbom);
  assert.equal((await messages(text)).length, 1);
  const plain = await openWorkspace(text.replace(ON, ''), { settings: { preset: 'recommended' } });
  assert.deepEqual(plain.findings(RULE), []);
});
