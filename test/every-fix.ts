import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ParseError, parse, visit } from 'jsonc-parser';
import type { Finding, Fix } from '../server/src/core/read/text/finding.ts';
import { relativeUri } from '../server/src/core/read/text/paths/uri.ts';
import { editedTexts, type OpenWorkspace, openFiles, ROOT, TEST_REGISTRY } from './workspace.ts';

type Files = ReadonlyMap<string, string>;

/**
 * Registers a test for each fix of each finding in the workspace: applied alone to a copy, it removes the finding
 * and causes none of higher severity, files parse, comments, line ends and the other lines are kept, and it is not
 * offered again.
 */
export function testEveryFix(files: Files, workspace: OpenWorkspace): void {
  const findings = workspace.findings();
  for (const finding of findings) {
    for (const fix of workspace.snapshot.fixesOf(finding)) {
      if (fix.applicability === 'display-only') continue;
      test(`${finding.rule} in ${shortPath(finding)}, ${finding.package ?? ''}: ${fix.title}`, async () => {
        const after = applied(fix, files);
        const again = await openFiles(after, { publicRegistry: TEST_REGISTRY });
        const sameKey = again.findings(finding.rule).filter((other) => keyOf(other) === keyOf(finding));
        const before = findings.filter((other) => keyOf(other) === keyOf(finding));
        assert.equal(sameKey.length, before.length - 1, 'the finding is gone');
        const offeredAgain = sameKey.flatMap((other) => again.snapshot.fixesOf(other));
        if (before.length === 1)
          assert.ok(!offeredAgain.some(({ title }) => title === fix.title), 'and is not offered again');
        if (fix.applicability !== 'safe') return;
        const known = new Set(findings.map(subjectOf));
        const added = again.findings().filter((other) => isGrave(other) && !known.has(subjectOf(other)));
        assert.deepEqual(
          added.map(({ rule, message }) => `${rule}: ${message}`),
          [],
          'a safe fix brings no new warning',
        );
      });
    }
  }
}

function isGrave({ severity }: Finding): boolean {
  return severity === 'error' || severity === 'warning';
}

/** Returns the files with the fix applied; checks that they parse, and that everything unrelated is kept. */
function applied(fix: Fix, files: Files): Map<string, string> {
  const deletes = fix.deletes ?? [];
  assert.ok(fix.edits.length + deletes.length > 0, 'it changes something');
  const after = new Map(files);
  for (const uri of deletes) assert.ok(after.delete(relativeUri(ROOT, uri)), 'it deletes what was there');
  for (const [file, text] of editedTexts(fix, (name) => files.get(name))) {
    const before = files.get(file);
    assert.notEqual(text, before);
    if (file.endsWith('.json')) assertKept(file, before, text);
    after.set(file, text);
  }
  return after;
}

function assertKept(file: string, before: string | undefined, text: string): void {
  const errors: ParseError[] = [];
  parse(text.replace(/^\uFEFF/, ''), errors, {
    allowTrailingComma: before !== undefined && hasTrailingComma(before),
  });
  assert.deepEqual(errors, [], `${file} parses:\n${text}`);
  if (before === undefined) return;
  assert.deepEqual(commentsOf(text), commentsOf(before), 'comments are kept');
  if (before.includes('\r\n') && !/[^\r]\n/.test(before))
    assert.doesNotMatch(text, /[^\r]\n/, 'line ends are kept');
  assert.equal(text.startsWith('\uFEFF'), before.startsWith('\uFEFF'), 'a byte order mark is kept');
  assert.ok(blankLines(text) <= blankLines(before), 'no empty line is left');
  const kept = new Set(text.split('\n'));
  const changed = before.split('\n').filter((line) => !kept.has(line));
  assert.ok(changed.length <= 4, `other lines are untouched, but changed: ${changed.join('\n')}`);
}

function blankLines(text: string): number {
  return text.split('\n').filter((line) => line.trim() === '').length;
}

function hasTrailingComma(text: string): boolean {
  const errors: ParseError[] = [];
  parse(text.replace(/^\uFEFF/, ''), errors);
  return errors.length > 0;
}

function commentsOf(text: string): string[] {
  const comments: string[] = [];
  visit(text, {
    onComment: (offset, length) => void comments.push(text.slice(offset, offset + length).trim()),
  });
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

/** Returns the subject of a finding, independent of its text. */
function subjectOf({ rule, uri, package: name, target }: Finding): string {
  return JSON.stringify([rule, uri, name, target]);
}

function shortPath(finding: Finding): string {
  return finding.uri.split('/').slice(-2).join('/');
}
