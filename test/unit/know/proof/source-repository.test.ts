import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  describeRepository,
  isSameRepository,
  readSourceRepository,
} from '../../../../server/src/core/know/proof/source-repository.ts';

test('spellings of one repository are the same', () => {
  const spellings = [
    'https://github.com/acme/ui',
    'https://github.com/Acme/UI.git',
    'git+https://github.com/acme/ui.git',
    'git://github.com/acme/ui.git#main',
    'git+ssh://git@github.com/acme/ui.git',
    'git@github.com:acme/ui.git',
    'git+ssh://git@github.com:acme/ui.git',
    'ssh://git@github.com:22/acme/ui',
    'github:acme/ui',
    'acme/ui',
    'https://www.github.com/acme/ui/',
    'https://github.com/acme/ui/tree/main/packages/button',
    'https://user:secret@github.com/acme/ui?x=1',
    'https://github.com/acme/ui@refs/heads/main',
    '  https://github.com/acme/ui  ',
  ];
  for (const spelling of spellings) {
    assert.deepEqual(readSourceRepository(spelling), { host: 'github.com', path: 'acme/ui' }, spelling);
  }
  assert.equal(describeRepository('git+ssh://git@GitHub.com/Acme/UI.git'), 'github.com/acme/ui');
});

test('others are not', () => {
  const pairs: readonly (readonly [string, string])[] = [
    ['acme/ui', 'mallory/ui'],
    ['acme/ui', 'acme/ui2'],
    ['acme/ui', 'gitlab:acme/ui'],
    ['https://github.com/acme/ui', 'https://github.com.evil.example.test/acme/ui'],
    ['https://gitlab.com/acme/web/ui', 'https://gitlab.com/acme/ui'],
  ];
  for (const [a, b] of pairs) assert.equal(isSameRepository(a, b), false, `${a} ${b}`);
  assert.equal(isSameRepository('https://gitlab.com/acme/web/ui/-/tree/main', 'gitlab:Acme/web/ui'), true);
});

test('what is no repository is unknown', () => {
  for (const text of [
    '',
    'acme',
    'https://github.com/acme',
    'https://github.com',
    '__proto__',
    'a b/c',
    '.git',
  ]) {
    assert.equal(isSameRepository(text, 'acme/ui'), undefined, text);
  }
  const long = `https://github.com/${'a'.repeat(100_000)}:`;
  assert.equal(isSameRepository(long, 'acme/ui'), undefined);
});
