import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  expectMarks,
  fixOf,
  openWorkspace,
  TEST_REGISTRY,
  type WorkspaceOptions,
} from '../../../workspace.ts';

const RULE = 'scope-registry-missing';
const URL = 'https://npm.acme.example.test/';
const POLICY = '-- dependency-hygiene.json --\n{ "privateScopes": ["@acme"] }\n';
const SHOP = '-- package.json --\n{ "name": "shop", "dependencies": { "@acme/ui": "^1.0.0" } }\n';

const silent = (source: string, options: WorkspaceOptions = {}) =>
  expectMarks(source, { ...options, rules: [RULE] });

describe('scope-registry-missing', () => {
  test('each dependency of a private scope, aliases by what they install', () =>
    expectMarks(`-- package.json --
{
  "name": "shop",
  "dependencies": {
    "@acme/ui": "^1.0.0",
    ^^^^^^^^^^ scope-registry-missing: @acme/ui is in a private scope, but no registry is configured for @acme. Add it to the project's configuration.
    "kit": "npm:@acme/kit@1",
    ^^^^^ scope-registry-missing
    "@acme-labs/ui": "^1.0.0",
    "@acme/git": "github:acme/git",
    "@other/ui": "npm:left@1"
  },
  "peerDependencies": { "@acme/peer": "1" }
}
${POLICY}`));

  test('a scope that another package publishes to a registry of its own', () =>
    expectMarks(`-- shop/package.json --
{ "name": "shop", "dependencies": { "@acme/ui": "^1.0.0", "@open/ui": "1" } }
                                    ^^^^^^^^^^ scope-registry-missing
-- tools/package.json --
{ "name": "@acme/tools", "publishConfig": { "registry": "${URL}" } }
-- open/package.json --
{ "name": "@open/tools", "publishConfig": { "registry": "${TEST_REGISTRY}" } }
`));

  test('what a catalog or an override leads to', async () => {
    await expectMarks(`-- package.json --
{ "packageManager": "pnpm@11.0.0", "dependencies": { "kit": "catalog:", "@acme/open": "catalog:" } }
                                                     ^^^^^ scope-registry-missing
-- pnpm-workspace.yaml --
catalog:
  kit: npm:@acme/kit@^1.0.0
  '@acme/open': npm:open-kit@^1.0.0
${POLICY}`);
    await expectMarks(`-- package.json --
{ "packageManager": "yarn@1.22.22", "private": true, "workspaces": [],
  "dependencies": { "kit": "1" }, "resolutions": { "kit": "npm:@acme/kit@1" } }
                    ^^^^^ scope-registry-missing
${POLICY}`);
  });

  test('is silent about private packages of the public registry itself', () =>
    silent(`${SHOP}-- dependency-hygiene.json --
{ "privateScopes": [{ "scope": "@acme", "registry": "${TEST_REGISTRY}" }] }
`));

  test('is silent where the project says it', async () => {
    await silent(`${SHOP}${POLICY}-- .npmrc --\n@acme:registry=${URL}\n`);
    await silent(`${SHOP}${POLICY}-- .npmrc --\n@acme:registry=\${ACME_REGISTRY}\n`);
    await silent(`${SHOP}${POLICY}-- .npmrc --\nregistry=https://all.example.test/\n`);
    await silent(SHOP);
  });

  test('is silent for members of the workspace', () =>
    silent(`-- package.json --
{ "name": "root", "workspaces": ["ui"], "devDependencies": { "@acme/ui": "1" } }
-- ui/package.json --
{ "name": "@acme/ui", "version": "1.0.0" }
${POLICY}`));

  test('is a hint where only this machine says it', async () => {
    const check = async (options: WorkspaceOptions) => {
      const [finding] = (await openWorkspace(SHOP + POLICY, options)).findings(RULE);
      return finding;
    };
    const user = await check({ userNpmrc: `@acme:registry=${URL}\n` });
    assert.equal(user?.severity, 'hint');
    assert.match(user?.message ?? '', /only this machine configures/);
    assert.equal((await check({ environment: { 'npm_config_@acme:registry': URL } }))?.severity, 'hint');
    assert.equal((await check({ userNpmrc: `@acme:registry=${TEST_REGISTRY}` }))?.severity, 'warning');
  });

  test('a mapping to the public registry is an error for a scope that the project calls private', async () => {
    const source = `${SHOP}${POLICY}-- .npmrc --
@acme:registry=${TEST_REGISTRY}
               ${'^'.repeat(TEST_REGISTRY.length)} scope-registry-missing: @acme is a private scope, but this line takes it from the public registry. Name the registry that serves it.
`;
    await expectMarks(source);
    assert.equal((await openWorkspace(source)).findings(RULE)[0]?.severity, 'error');
    const fixed = await fixOf(
      source.replace(/\n *\^.*/, '').replace('"@acme"]', `{ "scope": "@acme", "registry": "${URL}" }]`),
      RULE,
      /Add @acme/,
    );
    assert.ok(fixed.includes(`-- .npmrc --\n@acme:registry=${URL}\n`));
  });

  test('writes the mapping, from whatever says the address', async () => {
    const added = new RegExp(`^Add @acme:registry=${URL} to \\.npmrc$`);
    const policy = POLICY.replace('"@acme"', `{ "scope": "@acme", "registry": "${URL}" }`);
    const created = await fixOf(SHOP + policy, RULE, added);
    assert.ok(created.endsWith(`-- .npmrc --\n@acme:registry=${URL}\n`));

    const kept = await fixOf(
      `${SHOP}${policy}-- .npmrc crlf --\nfund=false\n# token\n//h/:_authToken=x\n`,
      RULE,
      added,
    );
    assert.ok(
      kept.endsWith(`-- .npmrc crlf --\nfund=false\n@acme:registry=${URL}\n# token\n//h/:_authToken=x\n`),
    );

    await fixOf(
      `-- shop/package.json --\n{ "dependencies": { "@acme/ui": "1" } }\n-- t/package.json --\n{ "name": "@acme/t", "publishConfig": { "registry": "${URL.slice(0, -1)}" } }\n`,
      RULE,
      added,
    );
    await fixOf(SHOP + POLICY, RULE, added, { userNpmrc: `@acme:registry=${URL}` });
    const lock = `-- package-lock.json --
{ "lockfileVersion": 3, "packages": {
  "": { "dependencies": { "@acme/ui": "^1.0.0" } },
  "node_modules/@acme/ui": { "version": "1.0.0", "resolved": "${URL}@acme/ui/-/ui-1.0.0.tgz" } } }
`;
    await fixOf(SHOP + POLICY + lock, RULE, added);
  });

  test('asks where nothing says the address', async () => {
    const [finding] = (await openWorkspace(SHOP + POLICY)).findings(RULE);
    assert.deepEqual(
      finding?.fixes().map(({ title, applicability, edits }) => [title, applicability, edits.length]),
      [['Configure the registry of @acme…', 'display-only', 0]],
    );
  });
});
