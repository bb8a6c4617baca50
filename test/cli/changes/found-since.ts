import assert from 'node:assert/strict';
import { runCli } from '../run-cli.ts';
import { commit, type Files, reported, repository } from './changed-code.ts';

/** What `check --base` reports of a commit of `base`, then one of `change`, as `path token severity`; `diff` names the path. */
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
