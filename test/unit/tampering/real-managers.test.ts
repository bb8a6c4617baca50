import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openFiles } from '../../workspace.ts';
import { MANAGERS, managerFiles } from './manager-files.ts';

const WRAPPY = 'https://registry.example.test/wrappy/-/wrappy-1.0.2.tgz';
const EVIL = 'https://downloads.evil.example.test/tslib/-/tslib-2.6.3.tgz';

const TOKENS: Readonly<
  Record<(typeof MANAGERS)[number], readonly [hash: RegExp, mismatch: string, source: string]>
> = {
  npm: [/^"node_modules\/inherits"$/, WRAPPY, EVIL],
  'yarn-classic': [/^inherits@\^2\.0\.4$/, WRAPPY, EVIL],
  'yarn-berry': [/^"inherits@npm:\^2\.0\.4"$/, encodeURIComponent(WRAPPY), encodeURIComponent(EVIL)],
  pnpm: [/^inherits@2\.0\.4$/, WRAPPY, EVIL],
  bun: [/^"inherits"$/, WRAPPY, EVIL],
};

for (const manager of MANAGERS) {
  const [hash, mismatch, source] = TOKENS[manager];
  test(`${manager}: three entries are reported, each at its token, and nothing else`, async () => {
    const workspace = await openFiles(managerFiles(manager));
    const found = workspace
      .findings()
      .filter(({ rule }) => rule.startsWith('lockfile-'))
      .map(({ rule, uri, span, package: name }) => {
        const token = workspace.snapshot.textOf(uri)?.slice(span.start, span.end) ?? '';
        return { rule, name, token };
      });
    const tokenOf = (rule: string) => found.filter((finding) => finding.rule === rule);
    const [mismatches, sources, missing] = [
      'lockfile-entry-mismatch',
      'lockfile-foreign-source',
      'lockfile-integrity-missing',
    ].map(tokenOf);
    assert.deepEqual(new Set(mismatches!.map(({ name }) => name)), new Set(['minimist']));
    assert.ok(mismatches!.every(({ token }) => token.includes(mismatch)));
    assert.deepEqual(new Set(sources!.map(({ name }) => name)), new Set(['tslib']));
    assert.ok(sources!.every(({ token }) => token.includes(source)));
    assert.deepEqual(
      missing!.map(({ name }) => name),
      ['inherits'],
    );
    assert.match(missing![0]!.token, hash);
    assert.deepEqual(
      found.filter(({ name }) => !['minimist', 'tslib', 'inherits'].includes(name ?? '')),
      [],
    );
  });
}
