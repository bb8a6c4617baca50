import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace, type RegistryDocuments } from '../../../workspace.ts';
import { osv } from './osv.ts';
import { openWithRegistry } from './with-registry.ts';

const RULE = 'version-unavailable';
const OWN = '-- .npmrc --\nregistry=https://npm.acme.example.test/\n';
const MIRROR = '-- dependency-hygiene.json --\n{ "mirrors": ["https://npm.acme.example.test/"] }\n';

const manifest = (declared: string, mark = '') => `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "left-pad": ${JSON.stringify(declared)}
${mark}  }
}
`;
const MARK = '    ^^^^^^^^^^ version-unavailable';
const lock = (version: string, mark = '') => `-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "left-pad": "^1.0.0" } },
    "node_modules/left-pad": {
      "version": ${JSON.stringify(version)},
${mark}      "dependencies": { "deep": "1.0.0" }
    },
    "node_modules/deep": { "version": "1.0.0" }
  }
}
`;
const packument = (versions: readonly string[], times: Readonly<Record<string, string>> = {}) => ({
  'dist-tags': { latest: versions.at(-1) },
  time: times,
  versions: Object.fromEntries(versions.map((version) => [version, {}])),
});
const LEFT_PAD = packument(['1.1.0', '1.2.0', '1.3.0'], {
  '1.1.0': '2016-01-01T00:00:00Z',
  '1.2.0': '2017-01-01T00:00:00Z',
  '1.2.1': '2018-01-15T12:00:00Z',
  '1.3.0': '2018-04-09T00:00:00Z',
});
const silent = (source: string, registry: RegistryDocuments) =>
  expectMarks(source, { rules: [RULE], registry });

describe('version-unavailable', () => {
  test('a locked version that the registry remembers, said once, at the key', () =>
    expectMarks(
      manifest(
        '^1.0.0',
        `${MARK}: left-pad 1.2.1 is no longer on the public registry, where it was published on 2018-01-15. Find out why and move to 1.2.0 or 1.3.0.\n`,
      ) + lock('1.2.1'),
      { registry: { 'left-pad': LEFT_PAD } },
    ));

  test('an exact version where nothing is locked', () =>
    expectMarks(
      manifest(
        '9.9.9',
        `${MARK}: left-pad 9.9.9 is not on the public registry, where 1.3.0 is the latest version. Find out where it came from.\n`,
      ),
      { registry: { 'left-pad': LEFT_PAD } },
    ));

  test('a version that is not listed, and that nobody remembers', () =>
    expectMarks(
      manifest(
        '^1.0.0',
        `${MARK}: left-pad 1.2.5 is not among the versions that the public registry has. Find out why and move to 1.2.0 or 1.3.0.\n`,
      ) + lock('1.2.5'),
      { registry: { 'left-pad': LEFT_PAD } },
    ));

  test('versions that are there, ranges, and documents that say nothing are silent', async () => {
    const registry = { 'left-pad': LEFT_PAD };
    await silent(manifest('^1.0.0') + lock('1.3.0'), registry);
    await silent(manifest('1.2.0'), registry);
    await silent(manifest('^9.0.0'), registry);
    await silent(manifest('latest'), registry);
    for (const document of [
      {},
      packument([]),
      { versions: { '1.0.0': null } },
      { versions: 'x' },
      404,
      500,
    ]) {
      await silent(manifest('1.2.1'), { 'left-pad': document });
    }
  });

  test('packages that are not dependencies of the project itself are not asked for', async () => {
    const registry = { 'left-pad': LEFT_PAD, deep: packument(['2.0.0']) };
    const { workspace, asked } = await openWithRegistry(manifest('^1.0.0') + lock('1.3.0'), registry, RULE);
    assert.deepEqual([workspace.findings(RULE), asked], [[], ['left-pad']]);
  });

  test('what a mirror or a private registry lacks is a hint, unless it remembers it', async () => {
    const severities = async (declared: string, document: object, ...more: string[]) => {
      const workspace = await openWorkspace(manifest(declared) + OWN + more.join(''), {
        registry: { 'left-pad': document },
      });
      return workspace
        .findings(RULE)
        .map(({ severity, message }) => [severity, message.replace(/\. Find out .*/, '')]);
    };
    const part = packument(['1.2.0', '1.3.0']);
    for (const mirror of ['', MIRROR]) {
      assert.deepEqual(await severities('1.4.0', part, mirror), [
        ['hint', 'left-pad 1.4.0 is not on npm.acme.example.test, where 1.3.0 is the latest version'],
      ]);
      assert.deepEqual(await severities('1.2.1', part, mirror), [
        ['hint', 'left-pad 1.2.1 is not among the versions that npm.acme.example.test has'],
      ]);
      assert.deepEqual(await severities('1.2.1', LEFT_PAD, mirror), [
        [
          'warning',
          'left-pad 1.2.1 is no longer on npm.acme.example.test, where it was published on 2018-01-15',
        ],
      ]);
    }
  });

  test('a package of which all was removed', () =>
    expectMarks(
      manifest(
        '^1.0.0',
        `${MARK}: All versions of "left-pad" were removed from the public registry on 2016-03-22. Replace it.\n`,
      ),
      {
        registry: {
          'left-pad': { time: { unpublished: { time: '2016-03-22T21:30:00Z', versions: ['1.2.1'] } } },
        },
      },
    ));

  test('a name that the registry holds is an error at the locked version', async () => {
    const held = {
      description: 'security holding package',
      'dist-tags': { latest: '0.0.1-security' },
      versions: { '0.0.1-security': {} },
      time: { '1.2.1': '2018-01-15T12:00:00Z', '0.0.1-security': '2018-02-15T12:00:00Z' },
    };
    const workspace = await openWorkspace(manifest('^1.0.0') + lock('1.2.1'), {
      registry: { 'left-pad': held },
    });
    assert.deepEqual(
      workspace.findings(RULE).map(({ uri, severity, message }) => [uri, severity, message]),
      [
        [
          workspace.uri('package-lock.json'),
          'error',
          'left-pad 1.2.1 is gone, and the public registry holds the name with a placeholder package. Remove it and find out what an earlier install ran.',
        ],
      ],
    );
  });

  test('moves an exact version to the nearest lower one', async () => {
    const registry = { 'left-pad': LEFT_PAD };
    const after = await fixOf(manifest('1.2.1'), RULE, /^Replace with "left-pad": "1.2.0"$/, { registry });
    assert.equal(after, manifest('1.2.0'));
    const alias = await fixOf(
      manifest('npm:right-pad@1.2.1'),
      RULE,
      /^Replace with "left-pad": "npm:right-pad@1.2.0"$/,
      {
        registry: { 'right-pad': LEFT_PAD },
      },
    );
    assert.equal(alias, manifest('npm:right-pad@1.2.0'));
  });

  test('offers nothing that is deprecated, a prerelease or higher', async () => {
    const document = {
      ...LEFT_PAD,
      versions: { '1.1.0': {}, '1.2.0': { deprecated: 'broken' }, '1.2.1-rc.1': {}, '1.3.0': {} },
    };
    const workspace = await openWorkspace(manifest('1.2.1'), { registry: { 'left-pad': document } });
    const [finding] = workspace.findings(RULE);
    assert.deepEqual(
      finding!.fixes().map(({ title }) => title),
      ['Replace with "left-pad": "1.1.0"'],
    );
  });

  test('of a package that malware was published as it is an error; what is malware is said by another rule', async () => {
    const registry = { 'left-pad': LEFT_PAD };
    const said = async (
      source: string,
      advisories: readonly object[],
      documents: RegistryDocuments = registry,
    ) => {
      const workspace = await openWorkspace(source, { registry: documents, advisories });
      return workspace.findings(RULE).map(({ severity, message }) => `${severity}: ${message}`);
    };
    const other = osv('MAL-2025-1', 'left-pad', '', { versions: ['1.2.2'] });
    assert.deepEqual(await said(manifest('1.2.1'), [other]), [
      'error: left-pad 1.2.1 is no longer on the public registry, where it was published on 2018-01-15, and other versions were malware (MAL-2025-1). Find out why and move to 1.2.0 or 1.3.0.',
    ]);
    assert.match(
      (await said(manifest('1.2.3'), [other]))[0]!,
      /^error: left-pad 1\.2\.3 is not among .* has, and other versions were malware \(MAL-2025-1\)\. /,
    );
    assert.match(
      (await said(manifest('9.9.9'), [other]))[0]!,
      /^warning: left-pad 9\.9\.9 is not on the public registry, where 1\.3\.0 is the latest version\. /,
    );
    assert.deepEqual(
      await said(manifest('1.2.1'), [osv('MAL-2025-1', 'left-pad', '', { versions: ['1.2.1'] })]),
      [],
    );
    const gone = {
      'left-pad': { time: { unpublished: { time: '2025-01-01T00:00:00Z', versions: ['1.2.1'] } } },
    };
    assert.match(
      (await said(manifest('1.2.1'), [other], gone))[0]!,
      /^error: All versions of "left-pad" were removed .*, where some were malware \(MAL-2025-1\). Replace it\.$/,
    );
    const vulnerable = osv('GHSA-2222-2222-2222', 'left-pad', '0 1.3.0');
    assert.match((await said(manifest('1.2.1'), [vulnerable]))[0]!, /^warning: /);
  });
});
