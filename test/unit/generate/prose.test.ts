import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findFaults } from '../../../server/tools/prose/find-faults.ts';
import { markdownTexts } from '../../../server/tools/prose/markdown-text.ts';
import { sourceTexts } from '../../../server/tools/prose/source-texts.ts';

const reasonsOf = (text: string) => findFaults(text).map(({ reason }) => reason);

describe('faults of prose', () => {
  test('a sentence of more than 30 words, and none of 30', () => {
    const words = (count: number) => `${'word '.repeat(count - 1)}end.`;
    assert.deepEqual(reasonsOf(words(30)), []);
    assert.deepEqual(reasonsOf(words(31)), ['31 words; at most 30']);
    assert.deepEqual(reasonsOf(`${words(20)} And ${words(20)}`), []);
  });

  test('words that the glossary replaces', () => {
    assert.deepEqual(reasonsOf('mkdirp brings it.'), ['"brings": say pulls in, transitive dependency of']);
    assert.deepEqual(reasonsOf('The address of the registry.'), ['"address": say URL']);
    assert.deepEqual(reasonsOf('An IP address of the host.'), []);
  });

  test('a clause as the subject, unless it asks', () => {
    assert.deepEqual(reasonsOf('What the registry says is shown.'), ['a clause is the subject']);
    assert.deepEqual(reasonsOf('What is checked?'), []);
    assert.deepEqual(reasonsOf('The registry is asked.'), []);
    assert.deepEqual(reasonsOf('That an entry is unused is shown.'), ['a clause is the subject']);
    assert.deepEqual(reasonsOf('That code has no signature.'), []);
  });

  test('a sentence ends before the name of a tool in lower case', () => {
    const words = (count: number) => `${'word '.repeat(count - 1)}end.`;
    assert.deepEqual(reasonsOf(`${words(20)} npm ${words(20)}`), []);
  });

  test('a chain of semicolons', () => {
    assert.deepEqual(reasonsOf('One; two; three.'), ['a chain of semicolons']);
    assert.deepEqual(reasonsOf('One; two.'), []);
  });
});

describe('texts of a page', () => {
  test('leave code and comments out, and take cells and items one by one', () => {
    const page = [
      '# A `title`',
      '```',
      'code brings',
      '```',
      '<!-- brings -->',
      '- an [item](x.md)',
      '  goes on',
      '- two',
      '| a b | c d |',
      '| --- | --- |',
    ].join('\n');
    assert.deepEqual(markdownTexts(page), ['A Code', 'an item goes on', 'two', 'a b', 'c d']);
  });
});

describe('texts of a source file', () => {
  test('are its literals with a blank in them', () => {
    const source = ["import x from 'a b'; say(`is the $", "{x} there`, 'word', 'two words');"].join('');
    assert.deepEqual(sourceTexts('a.ts', source).toSorted(), ['is the x there', 'two words']);
  });

  test('are the entries of a help text, one by one', () => {
    const help = [
      'Lists things.',
      '',
      'Options',
      '  --all       every thing,',
      '              the old too',
      '  --new <a>   only new',
      '',
    ];
    assert.deepEqual(sourceTexts('a.ts', `say(${JSON.stringify(help.join('\n'))});`), [
      'Lists things.',
      'every thing, the old too',
      'only new',
    ]);
  });

  test('leave the examples of rules out', () => {
    assert.deepEqual(sourceTexts('a.ts', "bad('-- package.json --\\n{ } some words');"), []);
  });
});
