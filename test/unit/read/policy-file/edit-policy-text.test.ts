import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  addAllowedHost,
  addAllowedName,
  addIgnores,
  addMirror,
  setScopeRegistry,
} from '../../../../server/src/core/read/policy-file/edit-policy-text.ts';
import { readPolicy } from '../../../../server/src/core/read/policy-file/read-policy.ts';
import { applyEdits, type TextEdit } from '../../../../server/src/core/read/text/edit.ts';

type Edit = (text: string | undefined) => readonly TextEdit[] | undefined;

const IGNORE = { rule: 'insecure-url', package: 'a', reason: 'old', expires: '2027-01-31' };
const EDITS: Readonly<Record<string, Edit>> = {
  ignore: (text) => addIgnores(text, [IGNORE]),
  mirror: (text) => addMirror(text, 'https://m.example.test'),
  host: (text) => addAllowedHost(text, 'h.example.test'),
  name: (text) => addAllowedName(text, 'lodahs', 'ours'),
  scope: (text) => setScopeRegistry(text, '@acme', 'https://npm.acme.example.test/'),
};
const TEXTS: readonly (string | undefined)[] = [
  undefined,
  '',
  '{}',
  '{\r\n\t// kept\r\n\t"exclude": ["a"], // kept too\r\n}\r\n',
  '{ "privateScopes": ["@other", "@acme"], "ignores": [], "mirrors": ["https://x.example.test/"] }',
  '{\n    "privateScopes": [\n        // ours\n        { "scope": "@acme" }\n    ],\n    "allowNames": [\n        "b" // why\n    ]\n}\n',
];

describe('edits of the configuration file', () => {
  for (const [name, edit] of Object.entries(EDITS)) {
    for (const text of TEXTS) {
      test(`${name} in ${JSON.stringify(text)}`, () => {
        const after = applyEdits(text ?? '', edit(text) ?? assert.fail('no edit'));
        assert.deepEqual(readPolicy('file:///p', after).problems, []);
        assert.deepEqual(edit(after), [], `a second time changes nothing:\n${after}`);
        for (const comment of text?.match(/\/\/ [a-z ]+/g) ?? []) assert.ok(after.includes(comment), after);
        const left = (part: string) => part.replaceAll('\r\n', '').includes('\n');
        if (text?.includes('\r\n')) assert.ok(!left(after), 'no lone line feed');
      });
    }
  }

  test('they say what was asked for', () => {
    let text = '';
    for (const edit of Object.values(EDITS)) text = applyEdits(text, edit(text)!);
    const policy = readPolicy('file:///p', text);
    assert.deepEqual(JSON.parse(text).ignores, [IGNORE]);
    assert.deepEqual(policy.mirrors, ['https://m.example.test/']);
    assert.deepEqual(policy.allowedHosts, ['h.example.test']);
    assert.equal(policy.allowNames[0]?.value, 'lodahs');
    assert.deepEqual(policy.privateScopes, [{ scope: '@acme', registry: 'https://npm.acme.example.test/' }]);
  });

  test('a file that is cut off is left alone', () => {
    for (const edit of Object.values(EDITS)) assert.equal(edit('{ "ignores": [ {'), undefined);
  });
});
