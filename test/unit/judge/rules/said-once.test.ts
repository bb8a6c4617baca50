import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { relativeUri } from '../../../../server/src/core/read/text/paths/uri.ts';
import { type OpenWorkspace, openWorkspace, ROOT } from '../../../workspace.ts';
import { documentOf } from './releases.ts';
import { openOverCommit } from './with-registry.ts';

const RULES = ['fresh-version', 'publisher-changed'];
const document = documentOf({
  '1.0.0': { at: '2026-01-01', by: 'alice' },
  '1.0.1': { at: '2026-02-01', by: 'alice' },
  '1.0.2': { at: '2026-03-01', by: 'alice' },
  '1.0.3': { at: '2026-11-24T07:00:00.000Z', by: 'mallory' },
});
const registry = { direct: document, brought: document };

function said(workspace: OpenWorkspace): readonly string[] {
  return workspace
    .findings()
    .filter(({ rule }) => RULES.includes(rule))
    .map(({ uri, rule, package: name }) => `${relativeUri(ROOT, uri)} ${rule} ${name}`);
}

const MANIFESTS = `-- package.json --
{ "name": "shop", "workspaces": ["a", "b"] }
-- a/package.json --
{ "name": "a", "dependencies": { "direct": "^1.0.0" } }
`;
const npmLock = (version: string) => `{ "lockfileVersion": 3, "packages": {
  "": { "workspaces": ["a", "b"] },
  "a": { "name": "a", "dependencies": { "direct": "^1.0.0" } },
  "node_modules/a": { "resolved": "a", "link": true },
  "node_modules/direct": { "version": "${version}", "dependencies": { "brought": "^1.0.0" } },
  "node_modules/brought": { "version": "${version}" },
  "node_modules/x/node_modules/direct": { "version": "${version}" }
} }
`;
const yarnLock = (version: string) => `# yarn lockfile v1


brought@^1.0.0:
  version "${version}"

direct@^1.0.0:
  version "${version}"
  dependencies:
    brought "^1.0.0"
`;

describe('what is to be said of a version', () => {
  test('stands in the manifest, and in the lockfile only for what others bring', async () => {
    const source = `${MANIFESTS}-- package-lock.json --\n${npmLock('1.0.3')}`;
    const workspace = await openOverCommit(source, registry, 'package-lock.json', npmLock('1.0.2'));
    assert.deepEqual(said(workspace), [
      'a/package.json fresh-version direct',
      'a/package.json publisher-changed direct',
      'package-lock.json fresh-version brought',
      'package-lock.json publisher-changed brought',
    ]);
  });

  test('also beside a lockfile that does not say who depends on what', async () => {
    const manifest = '-- package.json --\n{ "name": "shop", "dependencies": { "direct": "^1.0.0" } }\n';
    const source = `${manifest}-- yarn.lock --\n${yarnLock('1.0.3')}`;
    const workspace = await openOverCommit(source, registry, 'yarn.lock', yarnLock('1.0.2'));
    assert.deepEqual(said(workspace), [
      'package.json fresh-version direct',
      'package.json publisher-changed direct',
      'yarn.lock fresh-version brought',
      'yarn.lock publisher-changed brought',
    ]);
  });

  test('stands in the lockfile where the manifest is not there to say it', async () => {
    const [root] = MANIFESTS.split('-- a/package.json --');
    const source = `${root}-- package-lock.json --\n${npmLock('1.0.3')}`;
    const workspace = await openWorkspace(source, { registry });
    assert.deepEqual(said(workspace), [
      'package-lock.json fresh-version direct',
      'package-lock.json publisher-changed direct',
    ]);
  });
});
