import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkJson, MIRROR, makeProject } from './run-cli.ts';

const MANIFEST = { name: 'shop', dependencies: { loadsh: '*' } };
const rulesWith = (policy: object) => {
  const { findings, code } = checkJson(
    makeProject({ 'package.json': MANIFEST, 'dependency-hygiene.json': { ...MIRROR, ...policy } }),
  );
  return { code, rules: new Set(findings.map(({ rule }) => rule)) };
};

test('a preset decides which rules are on', () => {
  const recommended = rulesWith({}).rules;
  assert.ok(recommended.has('typosquat-name') && recommended.has('unbounded-range'));
  assert.deepEqual(rulesWith({ preset: 'recommended' }).rules, recommended);
  const security = rulesWith({ preset: 'security' }).rules;
  assert.ok(security.has('typosquat-name'));
  assert.ok(!security.has('unbounded-range') && !security.has('lockfile-missing'));
});

test('a severity of its own turns a rule on in any preset', () => {
  const { rules } = rulesWith({ preset: 'security', rules: { 'unbounded-range': 'error' } });
  assert.ok(rules.has('unbounded-range') && !rules.has('lockfile-missing'));
});

test('what is no preset is reported, and the default counts', () => {
  const { rules } = rulesWith({ preset: 'securty' });
  assert.ok(rules.has('policy-file-invalid') && rules.has('unbounded-range'));
});
