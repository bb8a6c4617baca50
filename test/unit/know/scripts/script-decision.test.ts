import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decisionFor, scriptPolicyOf } from '../../../../server/src/core/know/scripts/script-decision.ts';
import { scriptIdentity } from '../../../../server/src/core/know/scripts/script-identity.ts';
import type { NpmConfig } from '../../../../server/src/core/read/config/npm/npm-config.ts';
import { readNpmrc } from '../../../../server/src/core/read/config/npm/read-npmrc.ts';
import { resolveNpmConfig } from '../../../../server/src/core/read/config/npm/resolve-npm-config.ts';
import type { LockEntry, LockSource } from '../../../../server/src/core/read/lockfile/model/lockfile.ts';
import { readManifest } from '../../../../server/src/core/read/manifest/read-manifest.ts';

const BASE = 'https://registry.example.test';
const SHA = '0123456789abcdef0123456789abcdef01234567';

function decision(
  allowScripts: unknown,
  resolved: string | undefined,
  { name = 'esbuild', source = 'registry' as LockSource, npmrc = '', environment = {} } = {},
): boolean | undefined {
  const entry = {
    name,
    source,
    resolved: resolved === undefined ? undefined : { value: resolved },
  } as LockEntry;
  const identity = scriptIdentity(entry);
  assert.ok(identity);
  const manifest = readManifest('file:///p/package.json', JSON.stringify({ allowScripts }));
  return decisionFor(identity, scriptPolicyOf(manifest, config(npmrc, environment)));
}

function config(npmrc: string, environment: Record<string, string>): NpmConfig {
  return resolveNpmConfig({
    project: readNpmrc('file:///p/.npmrc', npmrc, 'project'),
    environment,
    trusted: false,
    publicRegistry: `${BASE}/`,
    mirrors: [],
  });
}

describe('decisionFor', () => {
  const RESOLVED = `${BASE}/esbuild/-/esbuild-0.28.2.tgz`;
  const CASES: readonly (readonly [Record<string, unknown> | undefined, boolean | undefined])[] = [
    [undefined, undefined],
    [{}, undefined],
    [{ esbuild: true }, true],
    [{ 'esbuild@*': true }, true],
    [{ 'esbuild@0.28.2': true }, true],
    [{ 'esbuild@0.28.1': true }, undefined],
    [{ 'esbuild@0.28.1 || 0.28.2': true }, true],
    [{ 'esbuild@0.28.1||0.28.3': true }, undefined],
    [{ 'esbuild@^0.28.0': true }, undefined],
    [{ 'esbuild@latest': true }, undefined],
    [{ esbuild: 'yes' }, undefined],
    [{ esbuild: false, 'esbuild@0.28.2': true }, false],
    [{ 'esbuild@0.28.2': false, esbuild: true }, false],
    [{ 'esbuild@0.28.1': false, esbuild: true }, true],
    [{ other: true, 'esbuild-wasm': true }, undefined],
  ];
  for (const [allowScripts, expected] of CASES) {
    test(`${JSON.stringify(allowScripts)} says ${expected}`, () => {
      assert.equal(decision(allowScripts, RESOLVED), expected);
    });
  }

  test('without a recorded address only the name is sure, but any denial counts', () => {
    assert.equal(decision({ 'esbuild@0.28.2': true }, undefined), undefined);
    assert.equal(decision({ esbuild: true }, undefined), true);
    assert.equal(decision({ 'esbuild@0.28.1': false, esbuild: true }, undefined), false);
    assert.equal(decision({ 'esbuild@0.28.2': true }, 'https://cdn.example.test/esbuild.tgz'), undefined);
  });

  test('the address names the package, not the entry', () => {
    assert.equal(decision({ '@s/a@1.0.0': true }, `${BASE}/npm/@s/a/-/a-1.0.0.tgz`), true);
    assert.equal(decision({ '@s/a@1.0.0': true }, `${BASE}/@s%2fa/-/a-1.0.0.tgz`), true);
    assert.equal(decision({ esbuild: true }, `${BASE}/evil/-/evil-1.0.0.tgz`), undefined);
    assert.equal(decision({ 'a@1.0.0-rc.1': true }, `${BASE}/a/-/a-1.0.0-rc.1.tgz`), true);
  });

  test('git repositories match in any spelling, by the start of the commit', () => {
    const git = { source: 'git' as LockSource };
    const resolved = `git+ssh://git@github.com/acme/tool.git#${SHA}`;
    for (const key of [
      'github:acme/tool',
      'acme/tool',
      `github:acme/tool#${SHA.slice(0, 7)}`,
      `git+https://github.com/acme/tool.git#${SHA}`,
    ]) {
      assert.equal(decision({ [key]: true }, resolved, git), true, key);
    }
    for (const key of [
      'tool',
      'github:acme/other',
      'gitlab:acme/tool',
      `github:acme/tool#${'f'.repeat(40)}`,
    ]) {
      assert.equal(decision({ [key]: true }, resolved, git), undefined, key);
    }
  });

  test('a tarball matches by its whole address', () => {
    const tarball = { source: 'tarball' as LockSource };
    const address = 'https://files.example.test/a.tgz';
    assert.equal(decision({ [address]: true }, address, tarball), true);
    assert.equal(decision({ esbuild: true }, address, tarball), undefined);
  });

  test('approvals of .npmrc count only where the manifest has no valid key', () => {
    const npmrc = 'allow-scripts=other, esbuild@0.28.2';
    assert.equal(decision(undefined, RESOLVED, { npmrc }), true);
    assert.equal(decision({}, RESOLVED, { npmrc }), true);
    assert.equal(decision({ 'a@^1': true }, RESOLVED, { npmrc }), true);
    assert.equal(decision({ a: true }, RESOLVED, { npmrc }), undefined);
    assert.equal(
      decision(undefined, RESOLVED, { npmrc: 'allow-scripts[]=a\nallow-scripts[]=esbuild' }),
      true,
    );
    assert.equal(
      decision(undefined, RESOLVED, { environment: { npm_config_allow_scripts: 'esbuild' } }),
      undefined,
    );
  });
});
