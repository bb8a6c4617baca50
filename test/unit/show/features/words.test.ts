import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { narrowPackument } from '../../../../server/src/core/know/registry/documents/narrow-packument.ts';
import type { ScriptVerdict } from '../../../../server/src/core/know/scripts/script-verdict.ts';
import { formatAge, formatDay } from '../../../../server/src/core/read/text/words/dates.ts';
import {
  publishedLines,
  releaseLine,
} from '../../../../server/src/core/show/features/hover/describe-publish.ts';
import { describeScript } from '../../../../server/src/core/show/features/hover/describe-script.ts';
import {
  escapeMarkdown,
  escapeProse,
  linkableUrl,
  oneLine,
} from '../../../../server/src/core/show/features/markdown.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const HOUR = 60 * 60 * 1000;

describe('ages and days', () => {
  const ages: readonly [hours: number, words: string][] = [
    [-1, 'just now'],
    [0, 'just now'],
    [0.5, '30 min ago'],
    [3, '3 h ago'],
    [47, '47 h ago'],
    [48, '2 days ago'],
    [24 * 60, '60 days ago'],
    [24 * 62, '2 months ago'],
    [24 * 730, '23 months ago'],
    [24 * 731, '2 years ago'],
  ];
  for (const [hours, words] of ages) {
    test(words, () => assert.equal(formatAge(NOW - hours * HOUR, NOW), words));
  }
  test('a day', () => assert.equal(formatDay(Date.parse('2026-09-01T23:59:59Z')), '1 Sep 2026'));
});

describe('a sentence in Markdown', () => {
  const shown: readonly [text: string, markdown: string][] = [
    ['Injection via `_.template` imports', 'Injection via `_.template` imports'],
    ['`a b` *and* `b`', '`a b` \\*and\\* `b`'],
    ['an odd `tick', 'an odd \\`tick'],
    ['``two``', '\\``two`\\`'],
    ['`$(error)`', '\\`\\$(error)\\`'],
    ['`<b>` and `](command:x)`', '\\`\\<b\\>\\` and \\`\\](command:x)\\`'],
  ];
  for (const [text, markdown] of shown) {
    test(text, () => assert.equal(escapeProse(text), markdown));
  }
});

describe('who published', () => {
  const lines = (publishers: readonly (string | undefined)[], trustedPublisher?: object) => {
    const numbers = publishers.map((_, at) => `1.${at}.0`);
    const document = {
      name: 'a',
      'dist-tags': { latest: numbers.at(-1) },
      versions: Object.fromEntries(
        publishers.map((name, at) => [numbers[at], { _npmUser: name && { name, trustedPublisher } }]),
      ),
      time: Object.fromEntries(numbers.map((number, at) => [number, `2026-10-${10 + at}T00:00:00Z`])),
    };
    const result = narrowPackument(document, { name: 'a', now: NOW });
    assert.ok('packument' in result);
    return publishedLines(result.packument, numbers.at(-1), NOW).map(
      ({ label, texts }) => `${label}: ${texts[0]}`,
    );
  };
  const by = (words: string) => (publishers: readonly (string | undefined)[]) =>
    assert.match(lines(publishers)[0]!, new RegExp(` by ${words}$`));

  test('the first version', () => by('anna')(['anna']));
  test('one before', () => by('anna, like the version before')(['bert', 'anna', 'anna']));
  test('many before', () => by('anna, like the 3 versions before')(['anna', 'anna', 'anna', 'anna']));
  test('never before', () => by('eve, who published no version before')(['anna', 'anna', 'eve']));
  test('not the last time', () => by('anna')(['anna', 'bert', 'anna']));
  test('unknown before', () => by('anna')([undefined, 'anna']));
  test('unknown', () =>
    assert.deepEqual(lines(['anna', undefined]), [
      'Published: 11 Oct 2026 (44 days ago)',
      'Published by: not provided by this registry',
    ]));
  test('a trusted publisher', () =>
    assert.match(
      lines(['GitHub Actions'], { id: 'github' })[0]!,
      /by GitHub Actions as a trusted publisher$/,
    ));
  test('thousands of releases', () => {
    const versions = Object.fromEntries(Array.from({ length: 1204 }, (_, at) => [`0.0.${at}`, {}]));
    const result = narrowPackument({ name: 'a', versions }, { name: 'a', now: NOW });
    assert.ok('packument' in result);
    assert.deepEqual(releaseLine(result.packument, { state: 'absent', asOf: NOW }, NOW).texts, [
      '1,204 versions · downloads not counted',
    ]);
  });
});

describe('decisions about scripts', () => {
  test('in words', () => {
    const words = (locked: boolean | undefined, verdict: ScriptVerdict) =>
      describeScript({ locked, verdict }, undefined);
    assert.equal(words(undefined, { type: 'undecided', setting: 'allowScripts' }), 'unknown');
    assert.equal(
      words(false, { type: 'approved', version: '1.0.0', setting: 'allowScripts' }),
      'none run on install',
    );
    assert.equal(
      words(true, { type: 'denied', version: undefined, setting: 'allowScripts' }),
      'runs a script on install — denied for every version in allowScripts',
    );
    assert.equal(words(true, { type: 'unknown' }), 'runs a script on install');
  });
});

describe('untrusted text', () => {
  const cases: readonly [text: string, markdown: string][] = [
    ['1.2.3', '1.2.3'],
    ['1. one', '1\\. one'],
    ['- a', '\\- a'],
    ['a - b', 'a - b'],
    ['> a', '\\> a'],
    ['a\n\n# b', 'a \\# b'],
    ['a | b ~~c~~ $(x)', 'a \\| b \\~\\~c\\~\\~ \\$(x)'],
    ['&lt;b&gt;', '\\&lt;b\\&gt;'],
    ['a\\', 'a\\\\'],
    ['HTTPS://x WWW.x', 'HTTPS\\://x WWW\\.x'],
    ['\u0000\u0007a\u200B\u2066b\uFEFF', 'ab'],
  ];
  for (const [text, markdown] of cases) {
    test(JSON.stringify(text), () => assert.equal(escapeMarkdown(text), markdown));
  }

  test('is cut', () => {
    assert.equal(oneLine('x'.repeat(500)).length, 400);
    assert.equal(oneLine('  a \t b  ', 3), 'a b');
    assert.equal(oneLine('abcdef', 4), 'abc…');
    assert.equal(oneLine('Update the lockfile to record it.', 30), 'Update the lockfile to record…');
    assert.equal(oneLine('Update the lockfile to record it.', 32), 'Update the lockfile to record…');
    assert.equal(oneLine(`one ${'x'.repeat(50)}`, 30), `one ${'x'.repeat(25)}…`);
  });

  test('links', () => {
    for (const good of [
      'https://a.example.test',
      'https://a.example.test:8443/b/c?d=e#f',
      'https://a.example.test/@b/c',
    ]) {
      assert.equal(linkableUrl(good), good);
    }
    for (const bad of [
      'http://a.example.test/',
      'javascript:alert(1)',
      'command:evil',
      'https://user@a.example.test/',
      'https://a.example.test/)[x](command:y)',
      'https://a.example.test/>',
      'https://a.example.test/a b',
      'https://a.example.test/\n',
      `https://a.example.test/${'x'.repeat(600)}`,
      'https://',
    ]) {
      assert.equal(linkableUrl(bad), undefined, bad);
    }
  });
});
