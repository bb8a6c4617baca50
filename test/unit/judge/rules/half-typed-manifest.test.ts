import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openWorkspace, ROOT } from '../../../workspace.ts';

const TEXT = `{
  "name": "shop", "packageManager": "npm@11",
  "dependencies": {
    "lodash": "*", // why
    "lodash": "1.2.x.3", "g": "user/repo#main",
    "f": "file:/opt/f", "n": 4
  },
  "devDependencies": { "g": ">=1", "_": "^1" }
}
`;

test('a manifest that ends anywhere: every rule stays inside the text, and so do the edits of its fixes', async () => {
  const seen = new Set<string>();
  for (let at = 0; at <= TEXT.length; at++) {
    // The format of a workspace text ends each file with a newline.
    const text = TEXT.slice(0, at).replace(/\n$/, '');
    const workspace = await openWorkspace(`-- package.json --\n${text}\n`);
    for (const finding of workspace.findings()) {
      if (finding.uri !== `${ROOT}/package.json`) continue;
      seen.add(finding.rule);
      const edits = workspace.snapshot.fixesOf(finding).flatMap((fix) => fix.edits);
      const own = edits.filter(({ uri }) => uri === finding.uri).map(({ span }) => span);
      for (const { start, end } of [finding.span, ...own]) {
        assert.ok(
          0 <= start && start <= end && end <= text.length + 1,
          `${finding.rule} ${start}-${end} at ${at}`,
        );
      }
    }
  }
  for (const rule of [
    'invalid-specifier',
    'unbounded-range',
    'duplicate-dependency',
    'exotic-dependency',
    'git-dependency-unpinned',
    'package-manager-unpinned',
  ]) {
    assert.ok(seen.has(rule), rule);
  }
});
