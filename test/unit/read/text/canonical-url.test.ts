import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  canonicalUrl,
  isWrittenCanonically,
} from '../../../../server/src/core/read/text/paths/canonical-url.ts';
import { randomSource } from './random-source.ts';

describe('the URL that is requested', () => {
  const plain = 'https://good.test/@evil/alpha/-/alpha-1.0.0.tgz';
  const same = [
    'https://good.test/@evil/./alpha/-/alpha-1.0.0.tgz',
    'https://good.test/@evil/x/../alpha/-/alpha-1.0.0.tgz',
    'https://good.test/@evil/%2e/alpha/-/alpha-1.0.0.tgz',
    'https://good.test/@evil/x/.%2E/alpha/-/alpha-1.0.0.tgz',
    'https://good.test/@evil/alpha/-/alpha-1.0.0.tgz ',
    ' \thttps://good.test/@evil/alpha/-/alpha-1.0.0.tgz',
    'https://good.test/@evil/al\tpha/-/alpha-1.0.0.tgz',
    'https://good.test\\@evil\\alpha\\-\\alpha-1.0.0.tgz',
    'https://good.test/@evil/%61lpha/-/alpha-1.0.0.tgz',
    'https://good.test:443/@evil/alpha/-/alpha-1.0.0.tgz',
    'https://good.test:0443/@evil/alpha/-/alpha-1.0.0.tgz',
    'https://good.test./@evil/alpha/-/alpha-1.0.0.tgz',
    'https://good%2etest/@evil/alpha/-/alpha-1.0.0.tgz',
    'https://good。test/@evil/alpha/-/alpha-1.0.0.tgz',
    'https://GOOD.test/@evil/alpha/-/alpha-1.0.0.tgz',
    'HTTPS:good.test/@evil/alpha/-/alpha-1.0.0.tgz',
    'https:\\\\good.test/@evil/alpha/-/alpha-1.0.0.tgz',
    'ht\ntps://good.test/@evil/alpha/-/alpha-1.0.0.tgz',
  ];
  for (const text of same) {
    test(JSON.stringify(text), () => {
      assert.equal(canonicalUrl(text)?.href, plain);
      assert.ok(!isWrittenCanonically(text));
    });
  }

  test('of the plain text itself, with a fragment, with credentials', () => {
    for (const text of [plain, `${plain}#abc`, plain.replace('//', '//user:word@')]) {
      assert.equal(canonicalUrl(text)?.href, plain);
      assert.ok(isWrittenCanonically(text), text);
    }
    assert.equal(canonicalUrl(`${plain}#abc`)?.fragment, '#abc');
    assert.ok(canonicalUrl(plain.replace('//', '//user:word@'))?.hasUserinfo);
  });

  const other = [
    'https://good.test/@evil%252f/alpha',
    'https://good.test:8443/x',
    'https://good.test//x',
    'https://good.test/x?y',
  ];
  for (const text of other) {
    test(`${text} stays as it is written`, () => {
      assert.equal(canonicalUrl(text)?.href, text);
    });
  }

  for (const text of [
    '',
    'good.test/x',
    'git+https://good.test/x',
    'file:///x',
    'https://',
    'https://a b/',
    'httpx://a',
  ]) {
    test(`${JSON.stringify(text)} is none`, () => {
      assert.equal(canonicalUrl(text), undefined);
      assert.ok(!isWrittenCanonically(text));
    });
  }

  test('any text said to be written canonically is what the platform requests', () => {
    const pieces = [
      'a',
      '.',
      '..',
      '/',
      '\\',
      '@',
      ':',
      '?',
      '#',
      '443',
      '80',
      '0',
      '\t',
      '%2e',
      '%41',
      '-',
      'xn--a',
      'é',
      ' ',
      '|',
      '^',
      '"',
    ];
    let plainly = 0;
    for (let seed = 1; seed <= 20_000; seed++) {
      const random = randomSource(seed);
      const text =
        random.pick(['http://a', 'https://a', 'https://a/', 'https://a.test/', 'https:']) +
        random.text(pieces, 7);
      if (!isWrittenCanonically(text)) continue;
      plainly++;
      const { origin, pathname, search } = new URL(text);
      const request = text.replace(/#.*$/s, '').replace(/^(https?:\/\/)[^/?#]*@/, '$1');
      assert.ok(origin + pathname + search === request || origin + pathname === `${request}/`, text);
      assert.equal(canonicalUrl(text)?.href, origin + pathname + search, text);
    }
    assert.ok(plainly > 1000);
  });
});
