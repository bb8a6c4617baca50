import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findUrlCredentials } from '../../../../server/src/core/read/text/secrets/url-credentials.ts';
import { randomSource } from './random-source.ts';

const found = (text: string) =>
  [...findUrlCredentials(text)].map(({ span, user, password, host }) => [
    text.slice(span.start, span.end),
    ...[user, password, host],
  ]);

test('the last @ before the path ends the credentials, and names of packages are none', () => {
  assert.deepEqual(found('"resolved": "https://registry.example.test/@scope/name/-/name-1.0.0.tgz"'), []);
  assert.deepEqual(found('name@1.0.0: https://example.test/name@1.0.0'), []);
  const both = '"@scope/a": "git+https://user:pass@word@example.test:8080/a.git", ssh://git@example.test/b';
  assert.deepEqual(found(both), [
    ['user:pass@word', 'user', 'pass@word', 'example.test:8080'],
    ['git', 'git', undefined, 'example.test'],
  ]);
  assert.deepEqual(found('https://@@example.test/'), [['@', '@', undefined, 'example.test']]);
});

test('no text has a user that is not found', () => {
  const random = randomSource(7);
  const pieces = ['https:/', 'ssh:/', '/', '/', '@', '@', 'a', ':', '"', ' ', '?', '#', '\\', '\n'];
  const withUser = /(?:https?|ssh):\/{1,3}[^\s/?#"'<>\\]+@[^\s/?#"'<>@\\]/;
  let count = 0;
  for (let round = 0; round < 50_000; round++) {
    const text = random.text(pieces, 14);
    const isExpected = withUser.test(text);
    if (isExpected) count++;
    assert.equal(found(text).length > 0, isExpected, JSON.stringify(text));
  }
  assert.ok(count > 500, `${count}`);
});
