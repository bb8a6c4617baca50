import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

const RULE = 'confusable-characters';
const manifest = (dependencies: string) => `-- package.json --
{
  "name": "shop",
  // kept
  "dependencies": {
${dependencies}
  }
}
`;

describe(RULE, () => {
  test('says which character of a name passes for which, at that character', () =>
    expectMarks(
      manifest(`    "lodаsh": "^4.17.0",
        ^ confusable-characters: The name that looks like "lodash" contains U+0430, which looks like "a", so it is a different package. Use plain letters.
    "@аcme/ui": "^1.0.0",
      ^ confusable-characters
    "reаct": "file:../react"
       ^ confusable-characters`),
    ));

  test('a name written with escapes is marked as a whole', () =>
    expectMarks(
      manifest(`    "lod\\u0430sh": "^4.17.0"
    ^^^^^^^^^^^^^ confusable-characters`),
    ));

  test('characters that are not seen, in names and in versions', () =>
    expectMarks(
      manifest(`    "lod\u200bash": "^4.17.0",
        ^ confusable-characters: The name that looks like "lodash" contains U+200B, which is invisible, so it is a different package. Use plain letters.
    "axios": "^1.0.0\u202e"
                    ^ confusable-characters: The specifier of "axios" contains U+202E, which is invisible. Write it without that character.`),
    ));

  test('the target of an alias', () =>
    expectMarks(
      manifest(`    "tools": "npm:lodаsh@^4.17.0"
                     ^ confusable-characters`),
    ));

  test('what looks the same as a package of the workspace', () =>
    expectMarks(
      `-- package.json --
{
  "name": "shop",
  "workspaces": ["lib"],
  "dependencies": {
    "shop-1ib": "^1.0.0",
    ^^^^^^^^^^ confusable-characters: "shop-1ib" looks the same as "shop-lib", a package of this workspace, but is a different name. Did you mean "shop-lib"?
    "shop-lib": "^1.0.0",
    "shop-pib": "^1.0.0"
  }
}
-- lib/package.json --
{ "name": "shop-lib" }
`,
    ));

  test('plain names, old ones in capitals, and names that nobody takes for plain ones are silent', () =>
    expectMarks(manifest('    "lodash": "^4.17.0",\n    "JSONStream": "^1.0.0",\n    "яндекс": "^1.0.0"'), {
      rules: [RULE],
    }));

  test('is not told again by the rules of names and of specifiers', async () => {
    const workspace = await openWorkspace(manifest('    "lodаsh": "^4.17.0"'));
    const rules = workspace.findings().map(({ rule }) => rule);
    assert.ok(rules.includes(RULE));
    assert.ok(!rules.includes('typosquat-name') && !rules.includes('invalid-specifier'), String(rules));
  });

  test('names and addresses in a lockfile, each name once', async () => {
    const packages = {
      '': {},
      'node_modules/lodаsh': { version: '1.0.0' },
      'node_modules/a/node_modules/lodаsh': { version: '2.0.0' },
      'node_modules/b': { version: '1.0.0', resolved: 'https://files.example.test/b\u200b/-/b-1.0.0.tgz' },
    };
    const workspace = await openWorkspace(
      `${manifest('')}-- package-lock.json --\n${JSON.stringify({ lockfileVersion: 3, packages })}\n`,
    );
    const found = workspace.findings(RULE).map(({ package: name }) => name);
    assert.deepEqual(found, ['lodаsh', 'b']);
  });

  test('writes the plain name, or takes the entry out', async () => {
    const source = manifest('    "lodаsh" : "^4.17.0", // old');
    assert.equal(
      await fixOf(source, RULE, /^Replace with "lodash"/),
      manifest('    "lodash" : "^4.17.0", // old'),
    );
    assert.match(await fixOf(source, RULE, /^Remove "lodаsh"$/), /"dependencies": \{\s*(\/\/ old)?\s*\}/);
  });

  test('takes what is not seen out of a version', async () => {
    const after = await fixOf(manifest('    "axios": "^1.0\u200b.0"'), RULE, /^Replace with "\^1\.0\.0"$/);
    assert.equal(after, manifest('    "axios": "^1.0.0"'));
  });

  test('a name like that of a member can be allowed with a reason', async () => {
    const source = `-- package.json --
{ "name": "shop", "workspaces": ["lib"], "dependencies": { "shop-1ib": "^1.0.0" } }
-- lib/package.json --
{ "name": "shop-lib" }
`;
    assert.match(await fixOf(source, RULE, /^Allow the name "shop-1ib"/), /"shop-1ib"[\s\S]*"reason"/);
  });

  test('a manifest cut anywhere gives no finding outside its text', async () => {
    const whole = manifest('    "lodаsh": "npm:ехpress@^4\u200b"').slice('-- package.json --\n'.length);
    for (let length = 0; length < whole.length; length += 2) {
      const workspace = await openWorkspace(`-- package.json --\n${whole.slice(0, length)}`);
      const size = workspace.text('package.json')!.length;
      for (const { span } of workspace.findings(RULE)) {
        assert.ok(span.start <= span.end && span.end <= size);
      }
    }
  });
});
