import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

const MANIFEST = '-- package.json --\n{ "name": "shop" }\n';
const RULE = 'policy-file-invalid';

describe('policy-file-invalid', () => {
  test('reports what does not count as written, at its token', () =>
    expectMarks(`${MANIFEST}-- dependency-hygiene.json --
{
  // ours
  "rules": {
    "typosqat-name": "error",
    ^^^^^^^^^^^^^^^ policy-file-invalid: Unknown rule id "typosqat-name". Did you mean "typosquat-name"?
    "insecure-url": "warn",
                    ^^^^^^ policy-file-invalid: A severity is "error", "warning", "information", "hint" or "off".
    "lockfile-missing": ["off", { "nope": 1 }]
                                  ^^^^^^ policy-file-invalid: Unknown option of lockfile-missing "nope".
  },
  "mirors": [],
  ^^^^^^^^ policy-file-invalid: Unknown key "mirors". Did you mean "mirrors"?
  "ignores": [
    { "rule": "insecur-url", "reason": "x", "expires": "2027-01-01" },
              ^^^^^^^^^^^^^ policy-file-invalid: Unknown rule id "insecur-url". Did you mean "insecure-url"?
    { "rule": "insecure-url", "reason": "x", "expires": "soon" },
                                                        ^^^^^^ policy-file-invalid: "soon" is not a valid date. Write it as YYYY-MM-DD.
    { "reason": "x", "expires": "2027-01-01" }
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ policy-file-invalid: An ignore entry needs "rule".
  ]
}
`));

  test('says nothing of a sound file', () =>
    expectMarks(
      `${MANIFEST}-- dependency-hygiene.json --
{
  "$schema": "./schema.json",
  "x-owner": { "team": "platform" },
  "rules": { "insecure-url": "warning", "typosquat-name": ["off"], "lockfile-missing": ["hint", {}] },
  "ignores": [{ "rule": "insecure-url", "reason": "x", "expires": "2020-01-01" }], // expired is not invalid
  "exclude": ["a/**"],
}
`,
      { rules: [RULE] },
    ));

  test('writes the word that was meant', async () => {
    const source = `${MANIFEST}-- dependency-hygiene.json crlf --
{
\t"rules": {
\t\t"typosqat-name": "error", // keep
\t},
}
`;
    const after = await fixOf(source, RULE, /^Replace with "typosquat-name"$/);
    assert.equal(
      after.split('-- dependency-hygiene.json crlf --\n')[1],
      source.split('crlf --\n')[1]!.replace('sqat', 'squat'),
    );
  });

  test('any beginning of a file gives findings inside it', async () => {
    const full =
      '{ "rules": { "a-rule": ["error", { "x": [1] }] }, "ignores": [{ "rule": "b", "expires": "" }], "z": 1 }';
    const workspace = await openWorkspace(`${MANIFEST}-- dependency-hygiene.json --\n{}\n`);
    const uri = workspace.uri('dependency-hygiene.json');
    for (let length = 0; length <= full.length; length++) {
      workspace.session.setOverlay(uri, full.slice(0, length));
      for (const { span } of workspace.snapshot.diagnose(uri).findings) {
        assert.ok(span.start >= 0 && span.start <= span.end && span.end <= length, `cut at ${length}`);
      }
    }
  });
});
