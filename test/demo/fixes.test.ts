import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { type ParseError, parse, visit } from 'jsonc-parser';
import type { Finding, Fix } from '../../server/src/core/finding.ts';
import { editedTexts, openFiles, TEST_REGISTRY } from '../workspace.ts';

const DEMO = path.resolve(import.meta.dirname, '../fixtures/demo');
const files = new Map(
  globSync(['**/*.json', '**/.npmrc', '*.json'], { cwd: DEMO }).map((file) => [
    file.split(path.sep).join('/'),
    readFileSync(path.join(DEMO, file), 'utf8'),
  ]),
);
const demo = await openFiles(files);
const findings = demo.findings();

describe('every fix of the demo, each on a copy of its own', () => {
  for (const finding of findings) {
    for (const fix of demo.snapshot.fixesOf(finding)) {
      if (fix.applicability === 'display-only') continue;
      test(`${finding.rule} in ${shortPath(finding)}, ${finding.package ?? ''}: ${fix.title}`, async () => {
        const after = applied(fix);
        const again = await openFiles(after, { publicRegistry: TEST_REGISTRY });
        const sameKey = again.findings(finding.rule).filter((other) => keyOf(other) === keyOf(finding));
        const before = findings.filter((other) => keyOf(other) === keyOf(finding));
        assert.equal(sameKey.length, before.length - 1, 'the finding is gone');
        const offeredAgain = sameKey.flatMap((other) => again.snapshot.fixesOf(other));
        if (before.length === 1)
          assert.ok(!offeredAgain.some(({ title }) => title === fix.title), 'and is not offered again');
      });
    }
  }
});

/** The demo's files with the fix applied; checks that they parse, and that comments and indentation are kept. */
function applied(fix: Fix): Map<string, string> {
  assert.ok(fix.edits.length > 0, 'it changes something');
  const after = new Map(files);
  for (const [file, text] of editedTexts(fix, (name) => files.get(name))) {
    const before = files.get(file);
    assert.notEqual(text, before);
    if (file.endsWith('.json')) {
      const errors: ParseError[] = [];
      parse(text, errors);
      assert.deepEqual(errors, [], `${file} parses`);
      if (before !== undefined) {
        assert.deepEqual(commentsOf(text), commentsOf(before), 'comments are kept');
        const kept = new Set(text.split('\n'));
        const changed = before.split('\n').filter((line) => !kept.has(line));
        assert.ok(changed.length <= 4, `other lines are untouched, but changed: ${changed.join('\n')}`);
      }
    }
    after.set(file, text);
  }
  return after;
}

function commentsOf(text: string): string[] {
  const comments: string[] = [];
  visit(text, { onComment: (offset, length) => void comments.push(text.slice(offset, offset + length)) });
  return comments;
}

function keyOf(finding: Finding): string {
  return JSON.stringify([
    finding.rule,
    finding.uri,
    finding.package,
    finding.target,
    finding.span.end - finding.span.start,
  ]);
}

function shortPath(finding: Finding): string {
  return finding.uri.split('/').slice(-2).join('/');
}
