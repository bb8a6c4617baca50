import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

const RULE = 'tls-verification-disabled';
const ONLY = { rules: [RULE] };

describe('tls-verification-disabled', () => {
  test('.npmrc, the last line of the key', async () => {
    await expectMarks(
      `-- package.json --
{ "name": "shop" }
-- .npmrc --
# strict-ssl=false
strict-ssl=true
strict-ssl = false ; for the proxy
^^^^^^^^^^^^^^^^^^ tls-verification-disabled: "strict-ssl=false" turns off certificate verification, so anyone on the network path can pose as the registry. Delete it and configure your own authority with "cafile".
`,
      ONLY,
    );
    await expectMarks('-- package.json --\n{}\n-- .npmrc --\nstrict-ssl=false\nstrict-ssl=true\n', ONLY);
  });

  test('.yarnrc.yml, .yarnrc and pnpm-workspace.yaml', async () => {
    await expectMarks(
      `-- package.json --
{ "name": "shop", "packageManager": "yarn@4.18.1" }
-- .yarnrc.yml --
enableStrictSsl: false # for the proxy
^^^^^^^^^^^^^^^^^^^^^^ tls-verification-disabled: "enableStrictSsl: false" turns off certificate verification, so anyone on the network path can pose as the registry. Delete it and configure your own authority with "httpsCaFilePath".
`,
      ONLY,
    );
    await expectMarks(
      `-- package.json --
{ "name": "shop", "packageManager": "yarn@1.22.22" }
-- .yarnrc --
strict-ssl false
^^^^^^^^^^^^^^^^ tls-verification-disabled: "strict-ssl false" turns off certificate verification, so anyone on the network path can pose as the registry. Delete it and configure your own authority with "cafile".
`,
      ONLY,
    );
    await expectMarks(
      `-- package.json --
{ "name": "shop", "packageManager": "pnpm@12.21.0" }
-- pnpm-workspace.yaml --
strictSsl: false
^^^^^^^^^^^^^^^^ tls-verification-disabled: "strictSsl: false" turns off certificate verification, so anyone on the network path can pose as the registry. Delete it and configure your own authority with "cafile".
`,
      ONLY,
    );
  });

  test('is silent on everything else that a setting may say', async () => {
    for (const npmrc of [
      'strict-ssl',
      'strict-ssl=',
      'strict-ssl=0',
      'strict-ssl=no',
      `strict-ssl=\${LAX}`,
    ]) {
      await expectMarks(`-- package.json --\n{}\n-- .npmrc --\n${npmrc}\nother-strict-ssl=false\n`, ONLY);
    }
    for (const yarnrc of [
      'enableStrictSsl: true',
      'enableStrictSsl:',
      'enableStrict',
      'x: { enableStrictSsl: false }',
    ]) {
      await expectMarks(`-- package.json --\n{}\n-- .yarnrc.yml --\n${yarnrc}\n`, ONLY);
    }
  });

  test("is silent on the user's own files", async () => {
    const { findings } = await openWorkspace('-- package.json --\n{}\n', { userNpmrc: 'strict-ssl=false\n' });
    assert.deepEqual(findings(RULE), []);
  });

  test('the fix deletes the line and no other', async () => {
    for (const [file, before, after] of [
      ['.npmrc crlf', 'a=1\nstrict-ssl=false\nb=2\n', 'a=1\nb=2\n'],
      ['.npmrc', 'strict-ssl=true\nstrict-ssl=false\n', ''],
      ['.yarnrc.yml', '# why\nenableStrictSsl: false # x\nnodeLinker: pnp\n', '# why\nnodeLinker: pnp\n'],
      ['.yarnrc.yml', 'nodeLinker: pnp\nenableStrictSsl: "0"\n', 'nodeLinker: pnp\n'],
      ['.yarnrc', 'lastUpdateCheck 1\nstrict-ssl false\n', 'lastUpdateCheck 1\n'],
      ['pnpm-workspace.yaml', 'strictSsl: false\npackages:\n  - a\n', 'packages:\n  - a\n'],
    ] as const) {
      const source = (text: string) => `-- package.json --\n{}\n-- ${file} --\n${text}`;
      assert.equal(await fixOf(source(before), RULE, /^Delete ".+"$/), source(after));
    }
  });

  test('a line that holds more is not deleted', async () => {
    const source = '-- package.json --\n{}\n-- .yarnrc.yml --\n{ enableStrictSsl: false, nodeLinker: pnp }\n';
    const workspace = await openWorkspace(source);
    const titles = workspace.snapshot.fixesOf(workspace.findings(RULE)[0]!).map(({ title }) => title);
    assert.ok(!titles.some((title) => title.startsWith('Delete')), titles.join());
  });
});
