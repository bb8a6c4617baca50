import assert from 'node:assert/strict';
import { runCli } from '../run-cli.ts';
import { commit, type Files, reported, repository } from './changed-code.ts';

/**
 * Commits `base`, then `change`, and returns the findings of `check --base` as `path token severity`; `diff` is a path
 * that diff must list.
 */
export function foundSince(base: Files, change: Files, diff?: string): readonly string[] {
  const directory = repository(base);
  commit(directory, change);
  const findings = reported(directory, '--base', 'HEAD~1');
  assert.deepEqual(reported(directory, '--base', 'HEAD'), [], 'part of the base');
  const { code, out } = runCli(['diff', directory, '--base', 'HEAD~1']);
  assert.equal(code, 0);
  if (diff !== undefined) assert.ok(out.includes(`\n${diff}: `), out);
  return findings;
}
