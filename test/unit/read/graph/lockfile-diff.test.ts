import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LockfileDiff } from '../../../../server/src/core/read/graph/diff/diff-types.ts';
import { diffLockfiles, isEmptyDiff } from '../../../../server/src/core/read/graph/diff/lockfile-diff.ts';
import { graphOf, npmLock } from './graph-of.ts';

function npm(packages: Readonly<Record<string, object>>) {
  const entries = Object.entries(packages).map(([name, entry]) => [`node_modules/${name}`, entry]);
  return graphOf('package-lock.json', npmLock({ '': { name: 'shop' }, ...Object.fromEntries(entries) }));
}

function tarball(name: string, version: string, host = 'registry.example.test') {
  return { version, resolved: `https://${host}/${name}/-/${name}-${version}.tgz`, integrity: 'sha512-AAAA' };
}

function words({ added, removed, changed, altered }: LockfileDiff): readonly string[] {
  return [
    ...added.map(({ name, version }) => `+ ${name} ${version}`),
    ...removed.map(({ name, version }) => `- ${name} ${version}`),
    ...changed.map(({ name, before, after }) => {
      const [from, to] = [before, after].map((list) => list.map(({ version }) => version).join(' '));
      return `~ ${name} ${from} -> ${to}`;
    }),
    ...altered.map(
      ({ name, version, what, before, after }) => `! ${name} ${version} ${what} ${before} -> ${after}`,
    ),
  ];
}

describe('the difference between two lockfiles', () => {
  test('is what is new, gone, of another version, or of one version but not the same', () => {
    const before = npm({
      a: tarball('a', '1.0.0'),
      b: tarball('b', '1.0.0'),
      gone: tarball('gone', '1.0.0'),
      moved: tarball('moved', '1.0.0'),
      'other/node_modules/b': tarball('b', '2.0.0'),
      rehashed: tarball('rehashed', '1.0.0'),
      scripted: tarball('scripted', '1.0.0'),
      stripped: tarball('stripped', '1.0.0'),
    });
    const after = npm({
      a: tarball('a', '1.1.0'),
      b: tarball('b', '1.0.0'),
      git: {
        version: '1.0.0',
        resolved: `git+ssh://git@host.example.test/a/git.git#${'b'.repeat(40)}`,
        dev: true,
      },
      moved: tarball('moved', '1.0.0', 'evil.example.test'),
      rehashed: { ...tarball('rehashed', '1.0.0'), integrity: 'sha512-BBBB' },
      scripted: { ...tarball('scripted', '1.0.0'), hasInstallScript: true },
      stripped: { ...tarball('stripped', '1.0.0'), integrity: undefined },
    });
    const diff = diffLockfiles(before, after);
    assert.deepEqual(words(diff), [
      '+ git 1.0.0',
      '- b 2.0.0',
      '- gone 1.0.0',
      '~ a 1.0.0 -> 1.1.0',
      '! moved 1.0.0 source https://registry.example.test/moved/-/moved-1.0.0.tgz -> https://evil.example.test/moved/-/moved-1.0.0.tgz',
      '! rehashed 1.0.0 integrity sha512-AAAA -> sha512-BBBB',
      '! scripted 1.0.0 installScript false -> true',
      '! stripped 1.0.0 integrity sha512-AAAA -> undefined',
    ]);
    assert.deepEqual([diff.added[0]?.source, diff.added[0]?.dev], ['git', true]);
    assert.equal(isEmptyDiff(diff), false);
    assert.equal(isEmptyDiff(diffLockfiles(after, after)), true);
  });

  test('does not count where packages lie, nor what one of two formats does not say', () => {
    const flat = npm({ a: tarball('a', '1.0.0'), b: tarball('b', '1.0.0') });
    const nested = npm({ a: tarball('a', '1.0.0'), 'a/node_modules/b': tarball('b', '1.0.0') });
    assert.equal(isEmptyDiff(diffLockfiles(flat, nested)), true);
    const pnpm = (integrity: string) =>
      graphOf(
        'pnpm-lock.yaml',
        `lockfileVersion: '9.0'

importers:

  .: {}

packages:

  a@1.0.0:
    resolution: {integrity: ${integrity}}

  b@1.0.0:
    resolution: {integrity: sha512-AAAA}

snapshots:

  a@1.0.0: {}

  b@1.0.0: {}
`,
      );
    assert.equal(isEmptyDiff(diffLockfiles(flat, pnpm('sha512-AAAA'))), true);
    assert.deepEqual(words(diffLockfiles(flat, pnpm('sha512-BBBB'))), [
      '! a 1.0.0 integrity sha512-AAAA -> sha512-BBBB',
    ]);
    const berry = graphOf(
      'yarn.lock',
      `__metadata:
  version: 8

"a@npm:^1.0.0":
  version: 1.0.0
  resolution: "a@npm:1.0.0"
  checksum: 10c0/${'a'.repeat(128)}
  languageName: node
  linkType: hard

"b@git@host.example.test:a/b.git":
  version: 1.0.0
  resolution: "b@git@host.example.test:a/b.git#commit=${'b'.repeat(40)}"
  languageName: node
  linkType: hard
`,
    );
    const [altered] = diffLockfiles(flat, berry).altered;
    assert.deepEqual([altered?.name, altered?.what], ['b', 'source']);
    assert.equal(diffLockfiles(flat, berry).altered.length, 1);
  });
});
