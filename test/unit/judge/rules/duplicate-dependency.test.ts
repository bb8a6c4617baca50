import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

const NPM = '-- package-lock.json --\n{ "lockfileVersion": 3, "packages": { "": {} } }\n';

test('a key that appears twice, once for each name', async () => {
  const source = `-- package.json --
{
  "dependencies": {
    "a": "^1.0.0",
    ^^^ duplicate-dependency: "a" appears twice in dependencies. Remove the first.
    "b": "^1.0.0",
    ^^^ duplicate-dependency: "b" appears twice in dependencies, and "^3.0.0" counts, not "^1.0.0". Remove the first.
    "b": "^2.0.0",
    "a": "^1.0.0",
    "b": "^3.0.0"
  }
}
`;
  await expectMarks(source);
  const workspace = await openWorkspace(source);
  const [a] = workspace.findings('duplicate-dependency');
  assert.equal(a?.severity, 'error');
  const text = workspace.text('package.json')!;
  assert.equal(a.related[0]?.span.start, text.lastIndexOf('"a"'));
});

test('a name in two sections', () =>
  expectMarks(`-- package.json --
{
  "dependencies": {
    "a": "^1.0.0",
    "b": "^1.0.0",
    ^^^ duplicate-dependency: "b" is in both dependencies and devDependencies, as "^1.0.0" and as "^2.0.0". Keep one of them.
    "c": "^1.0.0"
    ^^^ duplicate-dependency: "c" is in both dependencies and optionalDependencies. Keep one of them.
  },
  "devDependencies": {
    "a": "^1.0.0",
    ^^^ duplicate-dependency: "a" is in both devDependencies and dependencies. Keep one of them.
    "b": "^2.0.0"
  },
  "optionalDependencies": { "c": "^1.0.0" }
}
${NPM}`));

test('near misses', () =>
  expectMarks(
    `-- package.json --
{
  "dependencies": { "a": "1", "A": "1", "//": "x", "//": "y" },
  "devDependencies": { "b": "1", "react": "^19" },
  "optionalDependencies": { "c": "1" },
  "peerDependencies": { "a": "1", "b": "1", "c": "1", "react": "^19" }
}
`,
    { rules: ['duplicate-dependency'] },
  ));

test('a section that appears twice', () =>
  expectMarks(`-- package.json --
{
  "dependencies": { "a": "1" },
  ^^^^^^^^^^^^^^ duplicate-dependency: "dependencies" appears twice in this file, and npm reads only the last one. Merge the two.
  "name": "x",
  "dependencies": { "a": "1" }
}
`));

test('half-typed: a key without its value is no second entry', () =>
  expectMarks('-- package.json --\n{\n  "dependencies": {\n    "a"\n    "a": "1"\n  }\n}\n', {
    rules: ['duplicate-dependency'],
  }));

test('the fix removes what does not count, and is safe where both say the same', async () => {
  const source = `-- package.json --
{
    "dependencies": {
        "a": "^1.0.0", // first
        // about b
        "b": "^1.0.0",
        "b": "^2.0.0",
        "a": "^1.0.0" // last
    }
}
`;
  assert.equal(
    await fixOf(source, 'duplicate-dependency', /^Remove "a"/),
    source.replace('        "a": "^1.0.0", // first\n', '        // first\n'),
  );
  assert.equal(
    await fixOf(source, 'duplicate-dependency', /^Remove "b": "\^1\.0\.0", keep "b": "\^2\.0\.0"$/),
    source.replace('        "b": "^1.0.0",\n', ''),
  );
  const workspace = await openWorkspace(source);
  const applicability = workspace
    .findings('duplicate-dependency')
    .map(
      (finding) =>
        workspace.snapshot.fixesOf(finding).find((fix) => fix.title.startsWith('Remove'))?.applicability,
    );
  assert.deepEqual(applicability, ['safe', 'unsafe']);
});

test('across sections, equal entries keep the one that is always installed; of different ones either can go', async () => {
  const equal = '-- package.json --\n{"dependencies":{"a":"1"},"devDependencies":{"a":"1","b":"2"}}\n';
  assert.equal(
    await fixOf(equal, 'duplicate-dependency', /^Remove "a": "1" from devDependencies$/),
    equal.replace('"a":"1","b"', '"b"'),
  );
  const different = `-- package.json --\n{"dependencies":{"a":"1"},"devDependencies":{"a":"2"}}\n${NPM}`;
  for (const [title, from, to] of [
    [/"1" from dependencies$/, '{"a":"1"}', '{}'],
    [/"2" from devDependencies$/, '{"a":"2"}', '{}'],
  ] as const) {
    assert.equal(await fixOf(different, 'duplicate-dependency', title), different.replace(from, to));
  }
});
