import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packageUrl } from '../../../../server/src/core/judge/sbom/purl.ts';

test('package URLs are encoded as their standard says', () => {
  assert.equal(packageUrl('left-pad', '1.3.0'), 'pkg:npm/left-pad@1.3.0');
  assert.equal(packageUrl('@types/node', '20.1.0'), 'pkg:npm/%40types/node@20.1.0');
  assert.equal(packageUrl('JSONStream', '1.0.0+build.1'), 'pkg:npm/JSONStream@1.0.0%2Bbuild.1');
  assert.equal(packageUrl('a', undefined), 'pkg:npm/a');
});

test('qualifiers are sorted, encoded, and left out without a value', () => {
  assert.equal(
    packageUrl('a', '1.0.0', {
      vcs_url: 'git+ssh://git@host.example.test/a/b.git@0123#x',
      download_url: undefined,
      arch: 'x64',
    }),
    'pkg:npm/a@1.0.0?arch=x64&vcs_url=git%2Bssh:%2F%2Fgit%40host.example.test%2Fa%2Fb.git%400123%23x',
  );
});

test('hostile names stay one package', () => {
  assert.equal(packageUrl("a?b#c@d!'()*", '1'), 'pkg:npm/a%3Fb%23c%40d%21%27%28%29%2A@1');
  assert.equal(packageUrl('a\ud800', '1'), 'pkg:npm/a%EF%BF%BD@1');
});
