import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

const LOCK = '-- package-lock.json --\n{ "lockfileVersion": 3, "packages": { "": {} } }\n';
const SHA = 'a'.repeat(128);

test('a root with a lockfile and no pin', () =>
  expectMarks(`-- package.json --
{
  "name": "shop",
          ^^^^^^ package-manager-unpinned: No version of npm is pinned. Add "packageManager": "npm@<version>", as the defaults for install scripts differ by version.
  "workspaces": ["lib"]
}
-- lib/package.json --
{ "name": "lib" }
${LOCK}`));

test('without a name, the brace is marked; two managers make it a warning', async () => {
  const workspace = await openWorkspace(
    `-- package.json --\n { "private": true }\n${LOCK}-- yarn.lock --\n# yarn lockfile v1\n`,
  );
  const [finding] = workspace.findings('package-manager-unpinned');
  assert.deepEqual(finding?.span, { start: 1, end: 2 });
  assert.equal(finding?.severity, 'warning');
  // Assuming npm would be a guess.
  assert.equal(
    finding?.message,
    'No package manager is configured for this project. Add "packageManager": "<name>@<version>", as each reads its own lockfile.',
  );
  const titles = workspace.snapshot.fixesOf(finding).map(({ title }) => title);
  assert.deepEqual(titles, [
    'Ignore until 2027-02-22: package-manager-unpinned (in dependency-hygiene.json; has no effect until you write the reason)',
  ]);
});

test('malformed pins', async () => {
  const declared = [
    'npm',
    'npm@',
    'npm@11',
    'npm@^11.0.0',
    'pnpm@latest',
    `pnpm@9.0.0+sha512.${SHA.slice(1)}`,
    'yarn@4.x',
    'NPM 11',
  ];
  for (const value of declared) {
    const source = `-- package.json --\n{ "name": "shop",\n  "packageManager": "${value}"\n                    ${'^'.repeat(value.length + 2)} package-manager-unpinned\n}\n`;
    await expectMarks(source);
    const [finding] = (await openWorkspace(source)).findings('package-manager-unpinned');
    // npm itself does not read the field.
    assert.equal(finding?.severity, value.startsWith('npm') ? 'warning' : 'error', value);
  }
});

test("another manager than the lockfile's", async () => {
  const source = `-- package.json --
{
  "packageManager": "pnpm@9.0.0"
                    ^^^^^^^^^^^^ package-manager-unpinned: "packageManager" names pnpm, but the lockfile here is package-lock.json, which pnpm does not read. Change one of them.
}
${LOCK}`;
  await expectMarks(source);
  const workspace = await openWorkspace(source);
  const [finding] = workspace.findings('package-manager-unpinned');
  assert.equal(finding?.severity, 'warning');
  assert.equal(finding?.related[0]?.uri, workspace.uri('package-lock.json'));
});

test('near misses', async () => {
  const fine = [
    '{ "name": "x", "packageManager": "npm@11.19.1" }',
    `{ "name": "x", "packageManager": "npm@11.19.1+sha512.${SHA}" }`,
    '{ "name": "x", "packageManager": "npm@https://files.example.test/npm.tgz" }',
    '{ "name": "x", "packageManager": "vlt@1.0.0" }',
    '{ "name": "x", "devEngines": { "packageManager": { "name": "npm", "version": "^11" } } }',
    '{ "name": "x", "volta": { "npm": "11.19.1" } }',
    '',
    '[]',
  ];
  for (const manifest of fine) {
    await expectMarks(`-- package.json --\n${manifest}\n${LOCK}`, { rules: ['package-manager-unpinned'] });
  }
  await expectMarks('-- package.json --\n{ "name": "x", "dependencies": { "a": "1" } }\n', {
    rules: ['package-manager-unpinned'],
  });
});

test('the fix writes a version that stands in the workspace', async () => {
  const source = `-- package.json --
{
    "name": "shop", // the shop
    "volta": { "node": "24.1.0", "npm": "11.19.1" }
}
${LOCK}`;
  const malformed = source.replace('"volta"', '"packageManager": "npm@11",\n    "volta"');
  assert.equal(
    await fixOf(malformed, 'package-manager-unpinned', /^Replace with "packageManager": "npm@11\.19\.1"$/),
    malformed.replace('"npm@11"', '"npm@11.19.1"'),
  );
});

test('where no version is written down, a command is shown and nothing is edited', async () => {
  const workspace = await openWorkspace(`-- package.json --\n{ "name": "shop" }\n${LOCK}`);
  const [fix] = workspace.snapshot.fixesOf(workspace.findings('package-manager-unpinned')[0]!);
  assert.equal(fix?.applicability, 'display-only');
  assert.deepEqual(fix?.edits, []);
  assert.match(fix?.command ?? '', /^npm pkg set packageManager=/);
});

test('pins the version that yarnPath names', async () => {
  const fixed = await fixOf(
    `-- package.json --
{ "name": "shop", "packageManager": "yarn@4" }
-- yarn.lock --
__metadata:
  version: 8
  cacheKey: 10c0
-- .yarnrc.yml --
yarnPath: .yarn/releases/yarn-4.18.0.cjs
`,
    'package-manager-unpinned',
    /^Replace with "packageManager": "yarn@4\.18\.0"$/,
  );
  assert.match(fixed, /"packageManager": "yarn@4\.18\.0"/);
});
