import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  LOCKFILES,
  type Nested,
  nestedCopy,
  REGISTRY,
  tarballUrl,
} from '../unit/judge/rules/nested-copies.ts';
import { parseWorkspace } from '../workspace.ts';
import { makeProject, runCli } from './run-cli.ts';

const SOURCE_RULES: readonly string[] = [
  'lockfile-foreign-source',
  'lockfile-source-mismatch',
  'lockfile-entry-mismatch',
];

/** Runs `check`. These fixtures use a public registry other than the built program's. */
function check(
  format: string,
  nested: Nested,
): { readonly code: number | null; readonly rules: readonly string[] } {
  const { files } = parseWorkspace(nestedCopy(format, 'git', nested));
  const config = { mirrors: [REGISTRY] };
  const directory = makeProject({ ...Object.fromEntries(files), 'dependency-hygiene.json': config });
  const { code, out } = runCli(['check', directory, '--format', 'json']);
  const { findings } = JSON.parse(out) as { findings: { rule: string; severity: string }[] };
  const rules = findings.filter(({ rule }) => SOURCE_RULES.includes(rule)).map(({ rule }) => rule);
  return { code, rules };
}

describe('dephygiene check of a registry copy whose name is a git dependency elsewhere', () => {
  for (const format of Object.keys(LOCKFILES)) {
    test(`${format}: fails only where another host serves it`, () => {
      const honest = check(format, { resolved: tarballUrl(REGISTRY), isGit: false });
      assert.deepEqual(honest.rules, []);
      const hostile = check(format, { resolved: tarballUrl('https://evil.example.test/'), isGit: false });
      assert.equal(hostile.code, 1);
      assert.ok(hostile.rules.length > 0);
    });
  }
});
