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
  assert.ok(report.files.some(({ path, status }) => path === 'package-lock.json' && status === 'checked'));
});
