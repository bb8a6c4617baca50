import assert from 'node:assert/strict';
import { test } from 'node:test';
import { narrowPackument } from '../../../../server/src/core/know/registry/documents/narrow-packument.ts';
import type { Packument } from '../../../../server/src/core/know/registry/documents/packument.ts';
import { chooseVersion } from '../../../../server/src/core/show/verify/choose-version.ts';

function packumentOf(versions: readonly string[], tags: Readonly<Record<string, string>> = {}): Packument {
  const document = {
    name: 'x',
    'dist-tags': tags,
    versions: Object.fromEntries(versions.map((version) => [version, { version }])),
  };
  const narrowed = narrowPackument(document, { name: 'x', now: 0 });
  assert.ok('packument' in narrowed);
  return narrowed.packument;
}

const choose = (packument: Packument, asked?: string, locked: readonly string[] = []) => {
  const chosen = chooseVersion(packument, asked, new Set(locked));
  return chosen && `${chosen.version} ${chosen.because}`;
};

test('a version, a tag, a range; else the locked one, else the latest', () => {
  const packument = packumentOf(['1.0.0', '1.2.0', '2.0.0-rc.1', '2.0.0'], {
    latest: '1.2.0',
    next: '2.0.0',
  });
  assert.equal(choose(packument), '1.2.0 latest');
  assert.equal(choose(packument, undefined, ['1.0.0', '2.0.0-rc.1']), '2.0.0-rc.1 locked');
  assert.equal(choose(packument, 'next', ['1.0.0']), '2.0.0 tag');
  assert.equal(choose(packument, '^1.0.0', ['1.0.0']), '1.2.0 range');
  assert.equal(choose(packument, '>=2'), '2.0.0 range');
  assert.equal(choose(packument, 'v1.0.0'), '1.0.0 asked');
});

test('what is not there is undefined, whatever it is called', () => {
  const packument = packumentOf(['1.0.0'], { latest: '9.9.9', gone: '9.9.9' });
  for (const asked of [
    '9.9.9',
    '^9',
    'gone',
    'nope',
    '__proto__',
    'constructor',
    '',
    ' ',
    '1.0.0 || bad',
    'x'.repeat(9999),
  ]) {
    assert.equal(choose(packument, asked), asked === '' || asked === ' ' ? '1.0.0 range' : undefined, asked);
  }
  assert.equal(choose(packument), undefined);
  assert.equal(choose(packument, undefined, ['3.0.0']), undefined);
  assert.equal(choose(packumentOf([])), undefined);
  assert.equal(choose(packumentOf(['1.0.0', '1.1.0'])), '1.1.0 latest');
});
