import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { narrowPackument } from '../../../../server/src/core/know/registry/documents/narrow-packument.ts';
import type { Packument } from '../../../../server/src/core/know/registry/documents/packument.ts';
import { isSecurityHolding } from '../../../../server/src/core/know/registry/releases/security-holding.ts';
import { samplePackument } from './sample-packument.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');

function narrow(json: unknown, name = 'left-pad'): Packument {
  const result = narrowPackument(json, { name, now: NOW });
  assert.ok('packument' in result, JSON.stringify(result));
  return result.packument;
}

describe('narrowing a packument', () => {
  test('keeps what is shown and judged', () => {
    const packument = narrow(samplePackument());
    assert.equal(packument.distTags.get('latest'), '1.2.0');
    assert.deepEqual([...packument.versions.keys()], ['1.0.0', '1.1.0', '1.2.0']);
    assert.deepEqual(
      packument.maintainers?.map(({ name }) => name),
      ['anna', 'bert'],
    );
    assert.equal(packument.repository, 'git+https://git.example.test/anna/left-pad.git');
    assert.equal(packument.times.get('1.1.0'), Date.parse('2024-05-06T10:00:00Z'));
    assert.equal(packument.created, Date.parse('2020-03-01T10:00:00Z'));
    const latest = packument.versions.get('1.2.0')!;
    assert.deepEqual([...latest.installScripts], [['postinstall', 'node install.js']]);
    assert.equal(latest.hasInstallScript, true);
    assert.equal(latest.publishedBy?.name, 'bert');
    assert.deepEqual([...latest.dependencies], [['wrappy', '^1.0.0']]);
    assert.equal(packument.versions.get('1.0.0')?.hasInstallScript, false);
  });

  test('server/docs/registry.md names every member', () => {
    const docs = readFileSync(join(import.meta.dirname, '../../../../server/docs/registry.md'), 'utf8');
    const packument = narrow(samplePackument());
    for (const key of Object.keys({ ...packument, ...packument.versions.get('1.2.0') }))
      assert.match(docs, new RegExp(`^\\|.*\`${key}\`.*\\|`, 'm'), key);
  });

  test('deprecated is a text, true, or no deprecation', () => {
    const { versions } = narrow({
      name: 'left-pad',
      versions: {
        '1.0.0': { deprecated: 'old' },
        '1.1.0': { deprecated: true },
        '1.2.0': { deprecated: '' },
        '1.3.0': { deprecated: false },
        '1.4.0': {},
      },
    });
    assert.deepEqual(
      [...versions.values()].map(({ deprecated }) => deprecated),
      ['old', 'no reason given', undefined, undefined, undefined],
    );
  });

  test('a partial mirror gives unknowns and no false answers', () => {
    const packument = narrow({ name: 'left-pad', versions: { '1.0.0': {} }, maintainers: [] });
    assert.equal(packument.maintainers, undefined);
    assert.equal(packument.created, undefined);
    assert.equal(packument.times.size, 0);
    const version = packument.versions.get('1.0.0')!;
    assert.equal(version.publishedBy, undefined);
    assert.equal(version.hasInstallScript, undefined);
  });

  test('times of the future and in other forms are not believed', () => {
    const { times } = narrow({
      name: 'left-pad',
      time: {
        '1.0.0': '2027-01-01T00:00:00Z',
        '1.1.0': '2026-11-24T12:20:00Z',
        '1.2.0': 'yesterday',
        '1.3.0': 1700000000000,
        '1.4.0': '2026-02-30T99:00:00Z',
        unpublished: { time: '2020-01-01T00:00:00Z', versions: ['1.0.0'] },
      },
    });
    assert.deepEqual([...times.keys()], ['1.1.0']);
  });

  test('names of the language are names like others', () => {
    const text =
      '{"name":"left-pad","versions":{"__proto__":{"license":"MIT"},"constructor":{"license":"ISC"}},' +
      '"dist-tags":{"__proto__":"1.0.0"},"time":{"__proto__":"2020-01-01T00:00:00Z"},"__proto__":{"description":"x"}}';
    const packument = narrow(JSON.parse(text));
    assert.deepEqual([...packument.versions.keys()], ['__proto__', 'constructor']);
    assert.equal(packument.versions.get('__proto__')?.license, 'MIT');
    assert.equal(packument.distTags.get('__proto__'), '1.0.0');
    assert.equal(packument.times.size, 1);
    assert.equal(packument.description, undefined);
    assert.equal(({} as { license?: unknown }).license, undefined);
  });

  test('members of a wrong type or an absurd length count as not provided', () => {
    const packument = narrow({
      name: 'left-pad',
      description: 'x'.repeat(100_000),
      license: { type: 'BSD' },
      'dist-tags': [1],
      versions: { '1.0.0': null, [`1.0.0-${'x'.repeat(500)}`]: {}, '1.1.0': { _npmUser: 'anna', dist: 3 } },
      maintainers: ['anna <a@example.test>', null, { name: 7 }, { name: 'bert' }],
      homepage: `https://${'x'.repeat(5000)}`,
      time: 'now',
    });
    assert.equal(packument.description?.length, 2000);
    assert.equal(packument.license, 'BSD');
    assert.deepEqual([...packument.versions.keys()], ['1.1.0']);
    assert.deepEqual(packument.maintainers, [{ name: 'bert' }]);
    assert.equal(packument.homepage, undefined);
  });

  test('another document than the one that was asked for is a problem', () => {
    const problem = (json: unknown) => narrowPackument(json, { name: 'left-pad', now: NOW });
    const none = { problem: 'the registry answered with an invalid package document' };
    for (const json of [undefined, null, 'x', [], {}, { name: 3 }]) assert.deepEqual(problem(json), none);
    assert.deepEqual(problem(samplePackument('right-pad')), {
      problem: 'the registry answered with the document of another package',
    });
    const many = Object.fromEntries(Array.from({ length: 25_001 }, (_, at) => [`1.0.${at}`, {}]));
    assert.deepEqual(problem({ name: 'left-pad', versions: many }), {
      problem: 'the registry lists too many versions to read',
    });
  });

  test("a version's document, with everything that rules judge", () => {
    const document = {
      name: '@acme/tool',
      bin: 'cli.js',
      dependencies: { a: '^1.0.0', b: '^2.0.0', c: 3 },
      optionalDependencies: { b: '^2.0.0' },
      peerDependencies: { react: '>=18' },
      engines: { node: '>=22' },
      repository: { type: 'git', url: 'git+https://git.example.test/acme/tools.git', directory: 'tool' },
      gitHead: 'abcdef',
      maintainers: [{ name: 'anna' }],
      _npmUser: {
        name: 'GitHub Actions',
        email: 'bot@CI.example.test',
        trustedPublisher: { id: 'github', oidcConfigId: 'oidc:7' },
        approver: { name: 'bert', email: 'b@example.test' },
      },
      dist: {
        tarball: 'https://registry.public.example.test/@acme/tool/-/tool-1.0.0.tgz',
        integrity: 'sha512-x',
        shasum: 'ff',
        fileCount: 3,
        unpackedSize: 1000,
        signatures: [{ keyid: 'SHA256:k', sig: 's' }, { keyid: 3 }],
        attestations: {
          url: 'https://x.example.test/a',
          provenance: { predicateType: 'https://slsa.dev/provenance/v1' },
        },
      },
    };
    const { versions } = narrow({ name: '@acme/tool', versions: { '1.0.0': document } }, '@acme/tool');
    assert.deepEqual(versions.get('1.0.0'), {
      version: '1.0.0',
      dependencies: new Map([['a', '^1.0.0']]),
      optionalDependencies: new Map([['b', '^2.0.0']]),
      peerDependencies: new Map([['react', '>=18']]),
      bins: ['tool'],
      engines: new Map([['node', '>=22']]),
      license: undefined,
      deprecated: undefined,
      repository: { url: 'git+https://git.example.test/acme/tools.git', directory: 'tool' },
      publishedBy: { name: 'GitHub Actions', emailDomain: 'ci.example.test' },
      trustedPublisher: 'github',
      trustedPublisherConfig: 'oidc:7',
      approvedBy: { name: 'bert' },
      maintainers: [{ name: 'anna' }],
      installScripts: new Map(),
      hasInstallScript: undefined,
      unpackedSize: 1000,
      fileCount: 3,
      tarball: 'https://registry.public.example.test/@acme/tool/-/tool-1.0.0.tgz',
      isSigned: true,
      attestations: { url: 'https://x.example.test/a', predicateType: 'https://slsa.dev/provenance/v1' },
      proof: {
        integrity: 'sha512-x',
        shasum: 'ff',
        signatures: [{ keyid: 'SHA256:k', sig: 's' }],
        gitHead: 'abcdef',
      },
    });
  });

  test('what a registry strips is unknown, and not absent', () => {
    const { versions } = narrow({
      name: 'left-pad',
      versions: { '1.0.0': {}, '1.1.0': { dist: {} }, '1.2.0': { dist: { signatures: [] } } },
    });
    assert.deepEqual(
      [...versions.values()].map(({ isSigned }) => isSigned),
      [undefined, false, false],
    );
    assert.equal(versions.get('1.1.0')?.attestations, undefined);
    assert.equal(versions.get('1.1.0')?.proof?.signatures, undefined);
  });

  test('times that only tell when a mirror copied the package are not believed', () => {
    const day = (hour: number) => `2026-03-01T${String(hour).padStart(2, '0')}:00:00.000Z`;
    const times = (count: number, at: (index: number) => string) =>
      narrow({
        name: 'left-pad',
        time: {
          created: day(0),
          modified: day(23),
          ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`1.${index}.0`, at(index)])),
        },
      });
    const same = times(3, () => day(5));
    assert.deepEqual([same.times.size, same.created, same.modified], [0, undefined, Date.parse(day(23))]);
    assert.equal(times(12, day).times.size, 0);
    assert.equal(times(11, day).times.size, 11);
    assert.equal(times(1, day).times.size, 1);
  });

  test('times are in order, whatever the order of the document', () => {
    const { times } = narrow({
      name: 'left-pad',
      time: {
        '2.0.0': '2024-01-01T00:00:00Z',
        modified: '2024-01-01T00:00:00Z',
        '1.0.0': '2020-01-01T00:00:00Z',
      },
    });
    assert.deepEqual([...times.keys()], ['1.0.0', '2.0.0']);
  });

  test('a package that was taken away as a whole', () => {
    const unpublished = { time: '2024-01-01T00:00:00.000Z', versions: ['1.0.0', 7] };
    const packument = narrow({
      name: 'left-pad',
      time: { created: '2020-01-01T00:00:00.000Z', unpublished },
    });
    assert.equal(packument.versions.size, 0);
    assert.deepEqual(packument.unpublished, {
      time: Date.parse('2024-01-01T00:00:00Z'),
      versions: ['1.0.0'],
    });
  });

  test('the short form says that it is one', () => {
    assert.equal(narrow(samplePackument()).abbreviated, false);
    const short = narrow({ name: 'left-pad', modified: '2024-01-01T00:00:00Z', versions: {} });
    assert.equal(short.abbreviated, true);
  });

  test('names that the registry holds with an empty package', () => {
    const held = (latest: string, description?: string) =>
      isSecurityHolding(narrow({ name: 'left-pad', description, 'dist-tags': { latest } }));
    assert.equal(held('0.0.1-security'), true);
    assert.equal(held('0.0.1-security.3'), true);
    assert.equal(held('2.0.0-security', 'security holding package'), true);
    assert.equal(held('2.0.0-security.1', 'A security helper'), false);
    assert.equal(held('2.0.0', 'security holding package'), false);
  });
});
