import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskWords } from '../../../../server/src/core/know/monitored/mask-words.ts';

test('maskWords hides secrets by their option, variable, URL or form, and nothing else', () => {
  for (const [words, shown] of [
    [['git', 'push', '--force'], 'git push --force'],
    [['curl', '--token', 'abc', '-x'], 'curl --token *** -x'],
    [['curl', '--api-key=abc', '--keyboard=us'], 'curl --api-key=*** --keyboard=us'],
    [['npm', '--auth-type', 'legacy'], 'npm --auth-type ***'],
    [['A_SECRET=abc node --password "abc def"'], 'A_SECRET=*** node --password ***'],
    [['echo $MY_TOKEN; x --token $MY_TOKEN'], 'echo $MY_TOKEN; x --token $MY_TOKEN'],
    [['git', 'clone', 'https://me:abc@git.example.test/a'], 'git clone https://***@git.example.test/a'],
    [['echo', `npm_${'a'.repeat(36)}`], 'echo ***'],
    [['curl', '-u', 'me:abc', 'https://a.example.test:8080'], 'curl -u me:*** https://a.example.test:8080'],
    [
      ["curl --user 'me:abc' x; docker run -u 1000:1000 a"],
      "curl --user 'me:***' x; docker run -u 1000:1000 a",
    ],
    [
      ['curl', '-H', 'X-Api-Key: abc', '--header=PRIVATE-TOKEN: abc'],
      'curl -H X-Api-Key: *** --header=PRIVATE-TOKEN: ***',
    ],
    [['curl -H "Authorization: token abc" x'], 'curl -H "Authorization: ***" x'],
    [['x', '{"user":"me","password":"abc"}'], 'x {"user":"me","password":***}'],
    [['DB_PASS=abc MYSQL_PWD=abc x --private-key abc'], 'DB_PASS=*** MYSQL_PWD=*** x --private-key ***'],
    [['x "--password" abc', 'by-pass', '--passthrough', 'a'], 'x "--password" *** by-pass --passthrough a'],
    [['docker', 'pull', 'auth.example.test:80/token:1'], 'docker pull auth.example.test:80/token:1'],
    [['sh', 'a\n\n  b'], 'sh a b'],
  ] as const)
    assert.equal(maskWords(words), shown);
});
