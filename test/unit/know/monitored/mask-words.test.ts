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
    [['sh', 'a\n\n  b'], 'sh a b'],
  ] as const)
    assert.equal(maskWords(words), shown);
});
