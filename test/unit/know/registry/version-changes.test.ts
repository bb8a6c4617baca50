import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { narrowPackument } from '../../../../server/src/core/know/registry/documents/narrow-packument.ts';
import { replacementIn } from '../../../../server/src/core/know/registry/releases/replacement.ts';
import {
  sameRepository,
  versionChanges,
} from '../../../../server/src/core/know/registry/releases/version-changes.ts';
import { documentOf, type Release } from '../../judge/rules/releases.ts';

function changes(before: Release, after: Release) {
  const document = documentOf({ '1.0.0': before, '1.0.1': after });
  const result = narrowPackument({ name: 'x', ...document }, { name: 'x', now: Date.parse('2026-11-24') });
  assert.ok('packument' in result);
  return versionChanges(result.packument, '1.0.0', '1.0.1')!;
}

describe('what changed between two versions', () => {
  test('nothing that one of the two does not say', () => {
    const full: Release = {
      by: 'alice',
      maintainers: [{ name: 'alice' }],
      license: 'MIT',
      repository: 'github:acme/x',
      scripts: { postinstall: 'node a.js' },
      size: 10,
    };
    const bare = changes(full, { repository: 'github:acme/x' });
    const rest = [
      bare.publisher,
      bare.maintainers,
      bare.size,
      bare.license,
      bare.repository,
      bare.trustedPublisher,
    ];
    assert.deepEqual(rest, Array(6).fill(undefined));
    assert.deepEqual(bare.installScripts, []);
    assert.equal(bare.gainedInstallScript, false);
    assert.equal(bare.lostTrustedPublishing, false);
    const other = changes({}, full);
    assert.equal(other.publisher, undefined);
    assert.equal(other.gainedInstallScript, false);
    assert.deepEqual(other.installScripts, []);
  });

  test('publisher and maintainers', () => {
    const found = changes(
      { by: 'alice', maintainers: [{ name: 'alice' }, { name: 'bob' }] },
      { by: 'mallory', maintainers: [{ name: 'bob' }, { name: 'mallory' }] },
    );
    assert.equal(found.publisher?.before.name, 'alice');
    assert.equal(found.publisher?.after.name, 'mallory');
    assert.deepEqual(found.maintainers, { added: ['mallory'], removed: ['alice'], kept: 1 });
    assert.equal(changes({ by: 'alice' }, { by: 'Alice alice@alice.example.test' }).publisher, undefined);
  });

  test('trusted publishing and provenance that are gone', () => {
    const attestations = {
      url: 'https://a.example.test',
      provenance: { predicateType: 'https://slsa.dev/provenance/v1' },
    };
    const found = changes({ by: 'trusted', dist: { tarball: 'a', attestations } }, { by: 'alice' });
    assert.equal(found.lostTrustedPublishing, true);
    assert.equal(found.lostProvenance, true);
    const back = changes({ by: 'alice' }, { by: 'trusted', dist: { tarball: 'a', attestations } });
    assert.equal(back.lostTrustedPublishing, false);
    assert.equal(back.lostProvenance, false);
    assert.equal(changes({ by: 'trusted' }, {}).lostTrustedPublishing, false, 'nobody says who published');
  });

  test('install scripts', () => {
    const found = changes({ scripts: { test: 'x' } }, { scripts: { preinstall: 'node setup.mjs' } });
    assert.deepEqual(found.installScripts, [
      { script: 'preinstall', before: undefined, after: 'node setup.mjs' },
    ]);
    assert.equal(found.gainedInstallScript, true);
    assert.equal(changes({ scripts: {} }, { scripts: {}, gypfile: true }).gainedInstallScript, true);
  });

  test('dependencies in both sections, commands, size', () => {
    const found = changes(
      { dependencies: { a: '^1.0.0', b: '1' }, bin: { x: 'x.js' }, size: 10 },
      {
        dependencies: { a: '^1.1.0' },
        optionalDependencies: { b: '1', c: 'github:o/c' },
        bin: { x: 'x.js', npm: 'y.js' },
        size: 20,
      },
    );
    assert.deepEqual(found.dependencies, [
      { section: 'dependencies', name: 'a', before: '^1.0.0', after: '^1.1.0' },
      { section: 'optionalDependencies', name: 'c', before: undefined, after: 'github:o/c' },
    ]);
    assert.deepEqual(found.addedBins, ['npm']);
    assert.deepEqual(found.size, { before: 10, after: 20 });
  });

  test('of repositories, only another one', () => {
    const same = [
      'github:acme/x',
      'acme/x',
      'git+https://github.com/Acme/x.git',
      'git://github.com/acme/x',
      'git+ssh://git@github.com/acme/x.git#readme',
      'git@github.com:acme/x.git',
      'https://www.github.com/acme/x/',
    ];
    for (const url of same) assert.ok(sameRepository(url, same[0]!), url);
    for (const url of ['github:acme/y', 'https://gitlab.com/acme/x', 'https://evil.example.test/acme/x']) {
      assert.ok(!sameRepository(url, same[0]!), url);
    }
    assert.deepEqual(changes({ repository: 'github:acme/x' }, {}).repository, {
      before: 'github:acme/x',
      after: undefined,
    });
  });

  test('a version that the registry has no more has no changes', () => {
    const result = narrowPackument({ name: 'x', versions: { '1.0.0': {} } }, { name: 'x', now: 0 });
    assert.ok('packument' in result);
    assert.equal(versionChanges(result.packument, '1.0.0', 'constructor'), undefined);
  });
});

test('the package that a deprecation message recommends', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['Use uuid instead', 'uuid'],
    ['Please use `@acme/new`.', '@acme/new'],
    ['This package has moved to @babel/plugin-transform-x.', '@babel/plugin-transform-x'],
    ['renamed to "fresh-name"', 'fresh-name'],
    ['in favor of the undici package', 'undici'],
    ['no longer maintained', undefined],
    ['use at your own risk', undefined],
    ['Please use the native JSON.stringify', undefined],
    ['use version 2 or later', undefined],
    ['', undefined],
  ];
  for (const [message, expected] of cases) assert.equal(replacementIn(message), expected, message);
  const long = `use ${'a-'.repeat(50_000)}`;
  assert.equal(replacementIn(long), undefined);
});
