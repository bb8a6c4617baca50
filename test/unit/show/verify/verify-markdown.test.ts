import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyMarkdown } from '../../../../server/src/core/show/report/verify/verify-markdown.ts';

test('a card is a table of Markdown with the conclusion first', () => {
  const text = verifyMarkdown({
    title: 'left-pad 1.3.0 (locked)',
    description: 'Pads',
    lines: [
      { label: 'Signature', texts: ['the registry signed it'], result: 'right' },
      { label: 'Since 1.2.0', texts: ['new postinstall', 'license MIT'] },
    ],
    notChecked: [{ what: 'tarball', why: 'offline' }],
    judgement: 'incomplete',
    conclusion: 'Not everything could be checked.',
  });
  assert.equal(
    text,
    `# left-pad 1.3.0 (locked)

Pads

**Not everything could be checked.**

| Fact | Found |
|---|---|
| Signature | **Passed:** the registry signed it |
| Since 1.2.0 | new postinstall |
|  | license MIT |
| Not checked | tarball: offline |
`,
  );
});

test('text of a registry neither ends a cell nor becomes a link, an image or HTML', () => {
  const evil = 'a | b\n\n# c <img src=x> ![d](https://e.example.test) **f** `g`';
  const text = verifyMarkdown({
    title: evil,
    description: evil,
    lines: [{ label: evil, texts: [evil] }],
    notChecked: [{ what: evil, why: evil }],
    judgement: 'incomplete',
    conclusion: 'Not everything could be checked.',
  });
  assert.equal(text.split('\n').length, 11);
  assert.doesNotMatch(text, /(?<!\\)<img|(?<!\\)!\[|(?<!\\)\]\(|[^\\]\*\*f|(?<!\\)`/);
  for (const row of text.split('\n').slice(-4, -1)) assert.equal(row.match(/(?<!\\)\|/g)?.length, 3, row);
});
