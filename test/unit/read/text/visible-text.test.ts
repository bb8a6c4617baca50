import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  displayWidth,
  printableJson,
  printableText,
  visibleLines,
  visibleText,
} from '../../../../server/src/core/read/text/words/visible-text.ts';
import { cpuTime } from '../../../cpu-time.ts';
import { assertHarmless, assertPrintable, HOSTILE } from '../../../hostile-text.ts';

describe('text that is shown', () => {
  test('has nothing that hides, reverses or obeys', () => {
    assert.equal(visibleText('a\u001b[31mb\r\nc'), 'a␛[31mb␍␊c');
    assert.equal(visibleText('lod\u200bash\u202e\u{e0041}\u3164'), 'lod<U+200B>ash<U+202E><U+E0041><U+3164>');
    assert.equal(visibleText('1.0.0\ufe0f'), '1.0.0<U+FE0F>');
    assert.equal(visibleText('half \ud800'), 'half <U+D800>');
    assertHarmless(visibleText(HOSTILE), 'text', { lines: false });
    assertHarmless(visibleLines(HOSTILE), 'lines', { lines: true });
    assert.equal(visibleLines('a\nb\u202e'), 'a\nb<U+202E>');
  });

  test('stays as it is otherwise, and does not change again', () => {
    for (const text of ['grüße, мир, 你好', '❤️ and 👍🏽', 'a::b #[c]', ''])
      assert.equal(visibleText(text), text);
    for (const text of [HOSTILE, 'a\tb']) assert.equal(visibleText(visibleText(text)), visibleText(text));
  });

  test('in any block of Unicode: every character that has no look of its own', () => {
    for (let code = 0; code < 0x30000; code++) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const character = String.fromCodePoint(code);
      const isShown = visibleText(character) === character;
      const isHidden = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(character);
      if (isShown && isHidden) assert.match(character, /\p{Cn}/u, code.toString(16));
    }
  });
});

describe('what is printed', () => {
  test('is no command to a reader of CI logs', () => {
    const commands = [
      '::error::x',
      '  ::set-output name=a::b',
      `${' '.repeat(5_000)}::warning::x`,
      '\u00a0\u3000::stop-commands::x',
      '\t::add-mask::x',
      'a\n::group::x\n  ::endgroup::',
      'x ##[error]y',
      'x ##[set-env name=A;]y',
      '##vso[task.setvariable variable=a]b',
      'a ##VSO[task.complete]',
      "##teamcity[buildStatus text='x']",
    ];
    for (const command of commands) {
      for (const styled of [false, true]) {
        const shown = printableText(command, styled);
        assertPrintable(shown, command);
        assert.notEqual(shown, command);
        assert.equal(printableText(shown, styled), shown);
      }
    }
    assert.equal(printableText('\u001b[1m::error::x', true), '\u001b[1m:<U+003A>error::x');
  });

  test('is as wide as Unicode says', () => {
    for (const [text, width] of [
      ['a', 1],
      ['漢', 2],
      ['\u2630', 2],
      ['\ufe10', 2],
      ['\u3248', 1],
      ['😀', 2],
      ['e\u0301', 1],
      ['\u001b[31ma\u001b[39m', 1],
    ] as const)
      assert.equal(displayWidth(text), width, JSON.stringify(text));
  });

  test('keeps our own styles where there are any, and no other sequence', () => {
    const text = '\u001b[31mred\u001b[39m \u001b[5mblink\u001b[2J\u001b]0;title\u0007';
    assert.equal(printableText(text, true), '\u001b[31mred\u001b[39m ␛[5mblink␛[2J␛]0;title␇');
    assert.equal(printableText('\u001b[31mred', false), '␛[31mred');
    assert.equal(
      printableText('a\tb\nc std::vector ## Head [x]\n', false),
      'a\tb\nc std::vector ## Head [x]\n',
    );
    assertPrintable(printableText(HOSTILE, true), 'styled');
  });

  test('as JSON means what it meant', () => {
    const value = { [HOSTILE]: [HOSTILE, '##vso[x]', '::error::', '\u2028\ud800'] };
    const json = printableJson(JSON.stringify(value, undefined, 2));
    assertPrintable(json, 'JSON');
    assert.equal(printableText(json, false), json);
    assert.deepEqual(JSON.parse(json), value);
  });

  test('takes time in proportion to its length', () => {
    for (const piece of [' ', '#', '##a', '::', ' ::', '\u202e', '\u001b[1m', '##[', '\n ::'])
      for (const styled of [false, true]) {
        const started = cpuTime();
        printableText(piece.repeat(100_000), styled);
        assert.ok(cpuTime() - started < 5_000, `${JSON.stringify(piece)} ${styled}`);
      }
  });
});
