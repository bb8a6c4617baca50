import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { testEveryFix } from '../../../every-fix.ts';
import { openFiles } from '../../../workspace.ts';
import { MANAGERS, managerFiles } from '../../tampering/manager-files.ts';

/** Workspaces of each package manager with three tampered entries, and a dependency on any version. */
for (const manager of MANAGERS) {
  const files = managerFiles(manager);
  for (const [path, text] of files) {
    // A bare star is not a string in YAML.
    const star = path.endsWith('.yaml') ? "'*'" : '*';
    files.set(path, text.replaceAll('~2.6.0', star));
  }
  const workspace = await openFiles(files);
  describe(`every fix in a workspace of ${manager}`, () => {
    test('there are fixes that edit', () => {
      const rules = workspace
        .findings()
        .filter((finding) => workspace.snapshot.fixesOf(finding).some(({ edits }) => edits.length > 0))
        .map(({ rule }) => rule);
      for (const rule of ['lockfile-foreign-source', 'unbounded-range'])
        assert.ok(rules.includes(rule), rule);
    });
    testEveryFix(files, workspace);
  });
}
