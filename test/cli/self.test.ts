import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkJson } from './run-cli.ts';

test('this project itself is checked whole, and without a warning', () => {
  const report = checkJson(join(import.meta.dirname, '../..'), '--fail-on', 'warning');
  const grave = report.findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
  assert.deepEqual(
    grave.map(({ path, message }) => `${path}: ${message}`),
    [],
  );
  assert.equal(report.code, 0);
  for (const path of [
    'package-lock.json',
    '.github/workflows/release.yml',
    '.github/release/package-lock.json',
  ])
    assert.ok(
      report.files.some((file) => file.path === path && file.status === 'checked'),
      path,
    );
  // Not even a hint in what builds and publishes it.
  const ofWorkflows = report.findings.filter(({ path }) => path.startsWith('.github/workflows/'));
  assert.deepEqual(
    ofWorkflows.map(({ path, message }) => `${path}: ${message}`),
    [],
  );
});
