import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defineRule } from '../../../../server/src/core/judge/check/rule.ts';
import { RULES } from '../../../../server/src/core/judge/rules/index.ts';
import { explainRule } from '../../../../server/src/core/show/report/explain/explain.ts';
import { exampleFiles } from '../../../../server/src/core/show/report/explain/rule-example.ts';

const RULE = defineRule({
  id: 'odd-name',
  category: 'identity',
  preset: 'security',
  severity: 'hint',
  facts: [],
  options: { most: { type: 'number', stricter: 'more', default: 3, description: 'How many are allowed.' } },
  docs: {
    summary: 'A name that is odd.',
    why: 'Odd names\nare odd.\n\nSo they are.',
    bad: '-- package.json --\n{\n  "odd": 1\n  ^^^^^ odd-name: It is odd.\n}\n-- .npmrc crlf --\na=b\n',
    good: '-- package.json --\n{}\n',
  },
  check: {},
  message: () => 'It is odd.',
});

describe('explainRule', () => {
  test('says what, why, how it looks and how it is set', () => {
    assert.equal(
      explainRule(RULE, 80),
      `odd-name (hint by default, identity)

A name that is odd.

Odd names are odd.

So they are.

Reported:
  package.json
    {
      "odd": 1
    }
  .npmrc
    a=b

Not reported:
  package.json
    {}

Options:
  most
    How many are allowed. Default: 3.

In dependency-hygiene.json:
  { "rules": { "odd-name": "off" } }
`,
    );
  });

  test('keeps the items of a list apart, and shows the advisories of the examples', () => {
    const why = 'Do this:\n\n1. First\n   of all.\n2. Then that.';
    const advisories = [{ id: 'GHSA-2222-2222-2222' }];
    const text = explainRule({ ...RULE, docs: { ...RULE.docs, why, advisories } }, 80);
    assert.match(text, /\nDo this:\n\n1\. First of all\.\n\n2\. Then that\.\n/);
    assert.match(text, /\nAdvisories in these examples.*:\n {2}\{"id":"GHSA-2222-2222-2222"\}\n/);
  });

  test('of every rule there is a page without marks', () => {
    for (const rule of RULES) {
      const text = explainRule(rule, 80);
      assert.ok(text.includes(rule.docs.summary.slice(0, 20)), rule.id);
      assert.doesNotMatch(text, /^\s*\^+/m);
    }
  });
});

describe('exampleFiles', () => {
  test('splits at headers and leaves marks out', () => {
    assert.deepEqual(exampleFiles('-- a/package.json --\n{ "^^^ x": 1 }\n  ^^^^^^^ some-rule\n-- b --\n\n'), [
      { path: 'a/package.json', text: '{ "^^^ x": 1 }' },
      { path: 'b', text: '' },
    ]);
  });
});
