import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newNpmToken } from '../../../npm-token.ts';
import { expectMarks, openWorkspace } from '../../../workspace.ts';

const TOKEN = newNpmToken();

const workspace = (manager: string, npmrc: string, more = '') => `-- package.json --
{ "name": "shop", "packageManager": "${manager}", "workspaces": ["packages/*"] }
-- pnpm-workspace.yaml --
packages: ['packages/*']
-- packages/a/package.json --
{ "name": "a" }
-- packages/a/.npmrc --
${npmrc}
${more}`;

const found = async (source: string, rule: string) =>
  (await openWorkspace(source)).findings(rule).map(({ severity, message }) => `${severity}: ${message}`);

describe('the .npmrc of a workspace member', () => {
  test('has no effect for npm, and says so once', () =>
    expectMarks(
      workspace(
        'npm@11.19.1',
        `; for publishing
registry=https://npm.acme.test/
^^^^^^^^ config-key-unknown: "registry, ignore-scripts" have no effect, because npm ignores the .npmrc of a workspace member unless called with --prefix or --no-workspaces. Move them to that of the root.
ignore-scripts=true`,
      ),
    ));

  test('as for Bun, and pnpm 11 and later', async () => {
    const severities = [
      ['npm@10.9.0', 'hint'],
      ['npm@8.0.0', undefined],
      ['bun@1.3.0', 'hint'],
      ['pnpm@10.20.0', undefined],
      ['pnpm@11.2.0', 'hint'],
      ['yarn@1.22.22', undefined],
      ['yarn@4.6.0', undefined],
    ] as const;
    for (const [manager, expected] of severities) {
      const messages = await found(workspace(manager, 'save-exact=true'), 'config-key-unknown');
      const severity = messages.find((message) => message.includes('workspace member'))?.split(':', 1)[0];
      assert.equal(severity, expected, manager);
    }
    assert.deepEqual(await found(workspace('npm@11.19.1', '# nothing'), 'config-key-unknown'), []);
  });

  test('its settings count for no other rule', async () => {
    const npmrc = 'strict-ssl=false\nregistry=http://npm.acme.test/\nallow-scripts=a\nmin-release-age=3d';
    const { findings } = await openWorkspace(workspace('npm@11.19.1', npmrc));
    const inMember = findings().filter(({ uri }) => uri.endsWith('/packages/a/.npmrc'));
    assert.deepEqual(
      inMember.map(({ rule }) => rule),
      ['config-key-unknown'],
    );
  });

  test('its tokens are in plain text, whoever reads it', async () => {
    for (const manager of ['npm@11.19.1', 'yarn@4.6.0']) {
      const source = workspace(manager, `//npm.acme.test/:_authToken=${TOKEN}`);
      const messages = await found(source, 'plaintext-token');
      assert.equal(messages.length, 1, manager);
      assert.match(messages[0]!, /^error: "\/\/npm\.acme\.test\/:_authToken" holds a token in plain text/);
      assert.ok(!messages[0]!.includes(TOKEN));
    }
    const variable = workspace('npm@11.19.1', '//npm.acme.test/:_authToken=$' + '{NPM_TOKEN}');
    assert.deepEqual(await found(variable, 'plaintext-token'), []);
  });

  test('a folder that is no member is a project of its own', async () => {
    const source = workspace('npm@11.19.1', 'save-exact=true').replaceAll('packages/a/', 'other/a/');
    assert.deepEqual(
      (await found(source, 'config-key-unknown')).filter((message) => message.includes('member')),
      [],
    );
  });
});
