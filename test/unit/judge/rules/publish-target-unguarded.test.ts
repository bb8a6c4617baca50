import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  expectMarks,
  fixOf,
  openWorkspace,
  TEST_REGISTRY,
  type WorkspaceOptions,
} from '../../../workspace.ts';

const RULE = 'publish-target-unguarded';
const URL = 'https://npm.acme.example.test/';
const POLICY = `-- dependency-hygiene.json --
{ "privateScopes": ["@acme"], "internalNames": ["acme-utils"] }
`;
const KNOWN = `-- dependency-hygiene.json --
{ "privateScopes": [{ "scope": "@acme", "registry": "${URL}" }] }
`;
const manifest = (rest = '') => `-- package.json --
{
  "name": "@acme/ui",
  "version": "1.0.0"${rest}
}
`;
const silent = (source: string, options: WorkspaceOptions = {}) =>
  expectMarks(source, { ...options, rules: [RULE] });
const severityOf = async (source: string, options: WorkspaceOptions = {}) => {
  const workspace = await openWorkspace(source, options);
  return workspace.findings(RULE).map(({ severity }) => severity);
};

describe('publish-target-unguarded', () => {
  test('a package of a private scope, or with an internal name, at its name', async () => {
    await expectMarks(`-- package.json --
{
  "name": "@acme/ui",
          ^^^^^^^^^^ publish-target-unguarded: "@acme/ui" is private, but nothing keeps "npm publish" from the public registry. Add "private": true or publishConfig.registry.
  "version": "1.0.0"
}
${POLICY}`);
    await expectMarks(`-- package.json --
{ "name": "acme-utils", "version": "1.0.0", "private": false }
          ^^^^^^^^^^^^ publish-target-unguarded
${POLICY}`);
  });

  test('a scope that another package of the workspace publishes elsewhere', () =>
    expectMarks(`-- ui/package.json --
{ "name": "@acme/ui", "version": "1.0.0" }
          ^^^^^^^^^^ publish-target-unguarded
-- kit/package.json --
{ "name": "@acme/kit", "version": "1.0.0", "publishConfig": { "registry": "${URL}" } }
-- open/package.json --
{ "name": "@acme/open", "version": "1.0.0", "publishConfig": { "access": "public" } }
`));

  test('what cannot be published, or only elsewhere, is silent', async () => {
    await silent(manifest(',\n  "private": true') + POLICY);
    await silent(manifest(`,\n  "publishConfig": { "registry": "${URL}" }`) + POLICY);
    await silent(
      manifest(`,\n  "publishConfig": { "@acme:registry": "${URL}", "access": "public" }`) + POLICY,
    );
    await silent(`${manifest()}${POLICY}-- .npmrc --\n@acme:registry=${URL}\n`);
    await silent(`${manifest()}${POLICY}-- .npmrc --\n@acme:registry=\${ACME_REGISTRY}\n`);
    await silent(`${manifest()}${POLICY}-- .npmrc --\nregistry=${URL}\n`);
    await silent(`-- package.json --\n{ "name": "@acme/ui" }\n${POLICY}`);
    await silent(`-- package.json --\n{ "version": "1.0.0" }\n${POLICY}`);
    await silent(`-- package.json --\n{ "name": "", "version": "1.0.0" }\n${POLICY}`);
    await silent(manifest());
    await silent(`${manifest()}-- dependency-hygiene.json --
{ "privateScopes": [{ "scope": "@acme", "registry": "${TEST_REGISTRY}" }] }
`);
  });

  test('is a hint where only this machine keeps it from the public registry', async () => {
    assert.deepEqual(await severityOf(manifest() + POLICY, { userNpmrc: `@acme:registry=${URL}\n` }), [
      'hint',
    ]);
    assert.deepEqual(await severityOf(manifest() + POLICY), ['warning']);
  });

  test('publishConfig that names the public registry is an error', async () => {
    const source = `-- package.json --
{
  "name": "@acme/ui",
          ^^^^^^^^^^ publish-target-unguarded: "@acme/ui" is private, but publishConfig sends it to the public registry. Name the registry that serves it.
  "version": "1.0.0",
  "publishConfig": { "registry": "${TEST_REGISTRY}" }
}
`;
    await expectMarks(source + POLICY);
    assert.deepEqual(await severityOf(source + POLICY), ['error']);
    await silent(source.replace(/^ +\^.*\n/m, ''));
  });

  test('publishConfig that makes it public', () =>
    expectMarks(`-- package.json --
{
  "name": "@acme/ui",
          ^^^^^^^^^^ publish-target-unguarded: "@acme/ui" is private, but publishConfig.access makes it public, and nothing keeps it from the public registry. Name the registry that serves it.
  "version": "1.0.0",
  "publishConfig": { "access": "public" }
}
${POLICY}`));

  test('the root of a workspace with nothing to publish', async () => {
    const root = (rest: string, mark = '') => `-- package.json --
{
  "name": "our-repository",
${mark}  "version": "1.0.0",${rest}
  "workspaces": ["lib"]
}
-- lib/package.json --
{ "name": "lib", "version": "1.0.0" }
`;
    await expectMarks(
      root(
        '',
        '          ^^^^^^^^^^^^^^^^ publish-target-unguarded: "our-repository" is the root of a workspace and has nothing to publish, but "npm publish" would publish the folder. Add "private": true.\n',
      ),
    );
    for (const rest of [
      '"private": true,',
      '"main": "index.js",',
      '"exports": "./a.js",',
      '"files": [],',
      '"bin": "x",',
    ]) {
      await silent(root(rest));
    }
    await silent(root('').replace('"lib"]', '"none"]'));
  });

  test('makes it private, or names the registry', async () => {
    const made = await fixOf(manifest() + POLICY, RULE, /^Add "private": true$/);
    assert.equal(made, manifest(',\n  "private": true') + POLICY);
    const named = await fixOf(manifest() + KNOWN, RULE, /^Publish it to https:\/\/npm.acme.example.test\//);
    assert.match(named, /"publishConfig": {\s+"registry": "https:\/\/npm.acme.example.test\/"\s+}/);
    const other = manifest(`,\n  "publishConfig": { "registry": "${TEST_REGISTRY}" }`);
    const mended = await fixOf(other + KNOWN, RULE, /^Publish it to https:\/\/npm.acme.example.test\//);
    assert.equal(mended, other.replace(TEST_REGISTRY, URL) + KNOWN);
  });

  test('a manifest cut anywhere gives no finding outside its text', async () => {
    const whole = manifest(',\n  "publishConfig": { "access": "public" }').slice(
      '-- package.json --\n'.length,
    );
    for (let length = 0; length < whole.length; length += 3) {
      const workspace = await openWorkspace(`-- package.json --\n${whole.slice(0, length)}\n${POLICY}`);
      const size = workspace.text('package.json')!.length;
      for (const { span } of workspace.findings()) assert.ok(span.start <= span.end && span.end <= size);
    }
  });
});
