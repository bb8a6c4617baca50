import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestRange } from '../../../../server/src/core/judge/rules/invalid-specifier.ts';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

test('names and values that cannot be read', () =>
  expectMarks(`-- package.json --
{
  "dependencies": {
    "a": "1.2.x.3",
         ^^^^^^^^^ invalid-specifier: "1.2.x.3" of "a" is invalid: it is not a version, a range or a dist-tag. Write a version or a range.
    "b": 4,
         ^ invalid-specifier: The version of "b" is a number. Write it as text in quotes.
    "c": null,
         ^^^^ invalid-specifier
    "d": { "version": "1" },
         ^^^^^^^^^^^^^^^^^^ invalid-specifier
    "e": "svn://example.test/e",
         ^^^^^^^^^^^^^^^^^^^^^^ invalid-specifier: "svn://example.test/e" of "e" is invalid: no package manager supports the protocol 'svn:'. Write a version or a range.
    "f": "npm:g@file:h",
         ^^^^^^^^^^^^^^ invalid-specifier
    "_g": "1",
    ^^^^ invalid-specifier: "_g" is not a valid package name: it starts with an underscore. Correct it.
    "h i": "1"
    ^^^^^ invalid-specifier
  },
  "peerDependencies": {
    "j": "what ever",
         ^^^^^^^^^^^ invalid-specifier: "what ever" of "j" is invalid: it is not a version, a range, a dist-tag or a URL. Write a version or a range.
    "k": "npm:l@1..2"
         ^^^^^^^^^^^^ invalid-specifier
  }
}
`));

test('near misses', () =>
  expectMarks(
    `-- package.json --
{
  "name": "x",
  "dependencies": {
    "a": "v1.2.3", "b": " 1.2.3 ", "c": "any-tag", "m": "2.x-latest", "n": "v3-canary", "o": "20231201", "d": "", "e": "1.2.x", "f": "user/repo", "g": "./g", "h": "npm:i@1",
    "JSONStream": "1", "http": "1", "@a/b": "=1.0.0", "j": "workspace:*", "$p": "link:./p", "k": "catalog:", "l": "link:../l", "//": 4, "": 1
  }
}
`,
    { rules: ['invalid-specifier'] },
  ));

test('protocols of other package managers, where it is known which is used', async () => {
  const dependencies = `  "dependencies": {
    "a": "workspace:*",
         ^^^^^^^^^^^^^ invalid-specifier: "workspace:*" of "a" has a protocol that npm does not support, so the install fails. Write a version or a range.
    "b": "catalog:",
         ^^^^^^^^^^ invalid-specifier
    "c": "npm:^1.0.0",
         ^^^^^^^^^^^^ invalid-specifier
    "d": "jsr:@a/b@1"
         ^^^^^^^^^^^^ invalid-specifier
  }
}
`;
  await expectMarks(`-- package.json --\n{\n  "packageManager": "npm@11.19.1",\n${dependencies}`);
  const unmarked = dependencies.replace(/ +\^+ .*\n/g, '');
  for (const manager of ['pnpm@10.0.0', 'yarn@4.18.1', 'bun@1.4.5']) {
    const source = `-- package.json --\n{\n  "packageManager": "${manager}",\n${unmarked}`;
    await expectMarks(source, { rules: ['invalid-specifier'] });
  }
  await expectMarks(
    '-- package.json --\n{\n  "packageManager": "pnpm@10.0.0",\n  "dependencies": {\n    "a": "portal:../a"\n         ^^^^^^^^^^^^^ invalid-specifier\n  }\n}\n',
  );
  await expectMarks(
    '-- package.json --\n{ "packageManager": "yarn@4.18.1", "dependencies": { "a": "plugin-made:x" } }\n',
    { rules: ['invalid-specifier'] },
  );
});

test('half-typed values are not judged', () => {
  const text = '{\n  "dependencies": {\n    "a": "1.2.x.3",\n    "b": { "x": 1 }\n  }\n}\n';
  const judged = async () => {
    for (let at = 0; at < text.length; at++) {
      const workspace = await openWorkspace(`-- package.json --\n${text.slice(0, at)}`);
      for (const { span, data } of workspace.findings('invalid-specifier')) {
        assert.ok(span.end <= at);
        const { name, kind } = data as { name: string; kind: string };
        const complete = name === 'a' ? text.indexOf(',') : text.indexOf('}') + 1;
        assert.ok(at >= complete && ['text', 'type'].includes(kind), `${name} at ${at}`);
      }
    }
  };
  return judged();
});

test('the nearest range', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['1.2.x.3', '1.2.x'],
    ['1.2.3.4', '1.2.3'],
    ['^1.2.3;', '^1.2.3'],
    ["'^1.2.3'", '^1.2.3'],
    ['^^1.2', '^1.2'],
    ['lodash@^4.17.0', '^4.17.0'],
    ['@a/b@~1', '~1'],
    ['^1,2,3', '^1.2.3'],
    ['>=1 and <2', '>=1 <2'],
    ['>=1 && <2', '>=1 <2'],
    ['^1 | ^2', '^1 || ^2'],
    ['^1 or ^2', '^1 || ^2'],
    ['=>1.2', '>=1.2'],
    ['1..2', '1.2'],
    ['what ever', undefined],
    ['é', undefined],
    [`${'1.'.repeat(5000)}x`, undefined],
  ];
  for (const [text, expected] of cases) assert.equal(nearestRange(text), expected, text);
});

test('fixes', async () => {
  const source = `-- package.json --
{
      "dependencies": { /* a */ "a": "1.2.x.3", // why
        "b": 4 }
}
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": {},
    "node_modules/a": { "version": "1.2.9", "resolved": "https://registry.public.example.test/a/-/a-1.2.9.tgz" },
    "node_modules/b": { "version": "4.0.0", "resolved": "https://registry.public.example.test/b/-/b-4.0.0.tgz" }
  }
}
`;
  assert.equal(
    await fixOf(source, 'invalid-specifier', /"1\.2\.x"$/),
    source.replace('"1.2.x.3"', '"1.2.x"'),
  );
  assert.equal(
    await fixOf(source, 'invalid-specifier', /"\^1\.2\.9"$/),
    source.replace('"1.2.x.3"', '"^1.2.9"'),
  );
  assert.equal(
    await fixOf(source, 'invalid-specifier', /"\^4\.0\.0"$/),
    source.replace('"b": 4', '"b": "^4.0.0"'),
  );
});
