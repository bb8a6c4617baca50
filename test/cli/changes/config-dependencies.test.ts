import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runCli } from '../run-cli.ts';
import { commit, type Files, PNPM_LOCK, reported, repository, SHOP } from './changed-code.ts';

const HASH = `sha512-${'A'.repeat(86)}==`;

/** Returns the lockfile of pnpm 11, with these packages that pnpm runs before an install. */
function locked(packages: Readonly<Record<string, string>>): string {
  const each = (line: (name: string, version: string) => string) =>
    Object.entries(packages)
      .map(([name, version]) => line(name, version))
      .join('');
  return `---
lockfileVersion: '9.0'

importers:

  .:
    configDependencies:
${each((name, version) => `      ${name}:\n        specifier: ${version}\n        version: ${version}\n`)}
packages:

${each((name, version) => `  ${name}@${version}:\n    resolution: {integrity: ${HASH}}\n\n`)}
snapshots:

${each((name, version) => `  ${name}@${version}: {}\n\n`)}
---
${PNPM_LOCK}
`;
}

const declared = (version: string): Files => ({
  'pnpm-workspace.yaml': `configDependencies:\n  own: ${version}+${HASH}\n`,
});
const BASE: Files = {
  'package.json': SHOP,
  'pnpm-lock.yaml': locked({ own: '1.0.0' }),
  ...declared('1.0.0'),
};

describe('configDependencies of pnpm-lock.yaml', () => {
  const found = (base: Files, change: Files, name: string) => {
    const directory = repository(base);
    commit(directory, change);
    const { out } = runCli(['diff', directory, '--base', 'HEAD~1']);
    const findings = reported(directory, '--base', 'HEAD~1');
    if (findings.length > 0) assert.ok(out.includes(name), out);
    return findings;
  };

  test('that pnpm-workspace.yaml does not name are reported', () => {
    const change = { 'pnpm-lock.yaml': locked({ own: '1.0.0', evil: '1.0.0' }) };
    assert.deepEqual(found(BASE, change, 'evil'), ['pnpm-lock.yaml evil warning']);
  });

  test('with another version than before are reported, where pnpm-workspace.yaml is the same', () => {
    const change = { 'pnpm-lock.yaml': locked({ own: '6.6.6' }) };
    assert.deepEqual(found(BASE, change, 'own'), ['pnpm-lock.yaml own warning']);
  });

  test('that were declared, with another version when they are first locked, are reported', () => {
    const older = { ...BASE, 'pnpm-lock.yaml': `${PNPM_LOCK}\n` };
    const change = { 'pnpm-lock.yaml': locked({ own: '6.6.6' }) };
    assert.deepEqual(found(older, change, 'own'), ['pnpm-lock.yaml own warning']);
  });

  test('are reported once, at pnpm-workspace.yaml, where that changed with them', () => {
    const change = { 'pnpm-lock.yaml': locked({ own: '2.0.0' }), ...declared('2.0.0') };
    assert.deepEqual(found(BASE, change, 'own'), ['pnpm-workspace.yaml own warning']);
  });

  test('of a new lockfile are reported', () => {
    const change = { 'pnpm-lock.yaml': locked({ evil: '1.0.0' }) };
    assert.deepEqual(found({ 'package.json': SHOP }, change, 'evil'), ['pnpm-lock.yaml evil warning']);
  });

  test('are silent where they are the same, gone, or the lockfile writes down what was declared', () => {
    const text = BASE['pnpm-lock.yaml'] as string;
    assert.deepEqual(found(BASE, { 'pnpm-lock.yaml': `${text}\n` }, 'own'), []);
    assert.deepEqual(found(BASE, { 'pnpm-lock.yaml': locked({}) }, 'own'), []);
    const older = { ...BASE, 'pnpm-lock.yaml': `${PNPM_LOCK}\n` };
    assert.deepEqual(found(older, { 'pnpm-lock.yaml': text }, 'own'), []);
  });
});
