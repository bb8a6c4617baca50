import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

const PNPM = `-- package.json --
{ "private": true, "packageManager": "pnpm@11.0.0", "dependencies": { "a": "catalog:", "b": "catalog:" } }
`;
const LOCK = `-- pnpm-lock.yaml --
lockfileVersion: '9.0'

catalogs:
  default:
    a:
      specifier: '*'
      version: 1.4.0

importers:

  .:
    dependencies:
      a:
        specifier: 'catalog:'
        version: 1.4.0

packages:

  a@1.4.0:
    resolution: {integrity: sha512-AAAA}

snapshots:

  a@1.4.0: {}
`;

describe('unbounded-range in catalogs', () => {
  test('of pnpm, at the value, with the version that is locked', () =>
    expectMarks(
      `${PNPM}-- pnpm-workspace.yaml --
catalog:
  a: '*'
     ^^^ unbounded-range: "*" of "a" in catalog "default" (now 1.4.0) accepts any future major version. Use a bounded range such as "^1.4.0".
  b: ^1.0.0
catalogs:
  next:
    c: latest
       ^^^^^^ unbounded-range: "latest" of "c" in catalog "next" follows a dist-tag, which can move to any major version. Use a bounded range.
    d: npm:real@>=1
       ^^^^^^^^^^^^ unbounded-range
${LOCK}`,
      { rules: ['unbounded-range'] },
    ));

  test('is mended there, in the quotes that are there', async () => {
    const file = (value: string) =>
      `${PNPM}-- pnpm-workspace.yaml --\ncatalog:\n  a: ${value}\n  b: ^1.0.0\n${LOCK}`;
    const title = /"a": "\^1\.4\.0"$/;
    assert.equal(await fixOf(file("'*'"), 'unbounded-range', title), file("'^1.4.0'"));
    assert.equal(await fixOf(file('"*"'), 'unbounded-range', title), file('"^1.4.0"'));
    assert.equal(await fixOf(file('latest'), 'unbounded-range', title), file('^1.4.0'));
    assert.equal(await fixOf(file('npm:a@latest'), 'unbounded-range', /a@\^1\.4\.0/), file('npm:a@^1.4.0'));
  });

  test('of Yarn and of Bun', async () => {
    await expectMarks(
      `-- package.json --
{ "packageManager": "yarn@4.18.1", "dependencies": { "a": "catalog:" } }
-- .yarnrc.yml --
catalog:
  a: ">=1"
     ^^^^^ unbounded-range
`,
    );
    await expectMarks(
      `-- package.json --
{
  "packageManager": "bun@1.4.5",
  "workspaces": { "packages": [], "catalog": { "a": "*" } },
                                                    ^^^ unbounded-range
  "dependencies": { "a": "catalog:" }
}
`,
    );
  });

  test('is silent for members and where the file is not read', async () => {
    await expectMarks(
      `-- package.json --
{ "packageManager": "npm@11.0.0", "catalog": { "a": "*" } }
-- pnpm-workspace.yaml --
catalog: { a: '*' }
-- .yarnrc.yml --
catalog: { a: '*' }
`,
      { rules: ['unbounded-range'] },
    );
    await expectMarks(
      `-- package.json --
{ "packageManager": "pnpm@11.0.0" }
-- pnpm-workspace.yaml --
packages: [m]
catalog: { m: '*' }
-- m/package.json --
{ "name": "m" }
`,
      { rules: ['unbounded-range'] },
    );
  });

  test('exact versions are asked for where nothing can be published', async () => {
    const policy = `-- dependency-hygiene.json --\n{ "rules": { "unbounded-range": ["warning", { "exactVersions": true }] } }\n`;
    const source = (manifest: string) => `-- package.json --
${manifest}
-- pnpm-workspace.yaml --
catalog:
  a: ^1.0.0
${policy}`;
    const open = await openWorkspace(source('{ "packageManager": "pnpm@11.0.0", "private": true }'));
    assert.deepEqual(
      open.findings('unbounded-range').map(({ message }) => message),
      ['"^1.0.0" of "a" in catalog "default" is not exact. Write one version.'],
    );
    const library = await openWorkspace(source('{ "packageManager": "pnpm@11.0.0" }'));
    assert.deepEqual(library.findings('unbounded-range'), []);
  });
});

describe('invalid-specifier in catalogs', () => {
  test('at the value', () =>
    expectMarks(
      `-- package.json --
{ "packageManager": "pnpm@11.0.0" }
-- pnpm-workspace.yaml --
catalog:
  a: 1.2.x.3
     ^^^^^^^ invalid-specifier: "1.2.x.3" of "a" in catalog "default" is invalid: it is not a version, a range or a dist-tag. Write a version or a range.
  b: 18
     ^^ invalid-specifier: The version of "b" in catalog "default" is no text. Write it as text in quotes.
  c: 'catalog:next'
     ^^^^^^^^^^^^^^ invalid-specifier: "catalog:next" of "c" in catalog "default" is invalid: an entry of a catalog cannot refer to a catalog. Write a version or a range.
  d: workspace:*
     ^^^^^^^^^^^ invalid-specifier: "workspace:*" of "d" in catalog "default" is invalid: pnpm does not support 'workspace:' in catalogs. Write a version or a range.
  e: ^1.0.0
  f: npm:real@^1.0.0
  g: next
  .h: 1.0.0
  ^^ invalid-specifier: ".h" is not a valid package name: it starts with a dot. Correct it.
`,
      { rules: ['invalid-specifier'] },
    ));

  test('is mended as text', async () => {
    const file = (value: string) =>
      `${PNPM}-- pnpm-workspace.yaml --\ncatalog:\n  a: ${value}\n  b: ^1.0.0\n${LOCK}`;
    assert.equal(await fixOf(file('1.2.x.3'), 'invalid-specifier', /"1\.2\.x"$/), file("'1.2.x'"));
    assert.equal(await fixOf(file('18'), 'invalid-specifier', /"\^1\.4\.0"$/), file("'^1.4.0'"));
    assert.equal(await fixOf(file('"1.2.x.3"'), 'invalid-specifier', /"1\.2\.x"$/), file('"1.2.x"'));
  });

  test('an entry that is not there is reported where it is used', () =>
    expectMarks(
      `-- package.json --
{
  "packageManager": "pnpm@11.0.0",
  "dependencies": {
    "a": "catalog:",
         ^^^^^^^^^^ invalid-specifier: "catalog:" of "a" is invalid: catalog 'default' in pnpm-workspace.yaml has no entry for it. Write a version or a range.
    "b": "catalog:",
    "c": "catalog:next"
         ^^^^^^^^^^^^^^ invalid-specifier: "catalog:next" of "c" is invalid: pnpm-workspace.yaml has no catalog 'next'. Write a version or a range.
  }
}
-- pnpm-workspace.yaml --
catalog:
  b: ^1.0.0
`,
      { rules: ['invalid-specifier'] },
    ));

  test('and not where the file is missing or broken', async () => {
    for (const file of ['', '-- pnpm-workspace.yaml --\ncatalog:\n  a: "x\n']) {
      await expectMarks(PNPM + file, { rules: ['invalid-specifier'] });
    }
  });
});

describe('typosquat-name', () => {
  test('judges what a catalog or an override leads to, and says where', async () => {
    const marks = `-- package.json --
{
  "packageManager": "pnpm@11.0.0",
  "dependencies": { "a": "catalog:", "b": "^1.0.0" }
                                     ^^^ typosquat-name
                    ^^^ typosquat-name
}
-- pnpm-workspace.yaml --
catalog:
  a: npm:lodahs@^4.0.0
overrides:
  b: npm:expres@^4.0.0
`;
    await expectMarks(marks, { rules: ['typosquat-name'] });
    const workspace = await openWorkspace(marks);
    const [first] = workspace.findings('typosquat-name');
    assert.deepEqual(
      first?.related.map(({ uri, span, message }) => [
        workspace.text('pnpm-workspace.yaml')?.slice(span.start, span.end),
        uri === workspace.uri('pnpm-workspace.yaml'),
        message,
      ]),
      [['npm:lodahs@^4.0.0', true, 'This declares it as lodahs.']],
    );
    assert.deepEqual(
      first?.fixes().map(({ title }) => title),
      ['Allow the name "lodahs" in dependency-hygiene.json'],
    );
  });
});
