import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Schema, Validator } from '@cfworker/json-schema';
import { sarifReport } from '../../../../../server/src/core/show/report/check/formats/sarif.ts';
import { describedRules } from '../../../../../server/src/core/show/report/explain/explained-rule.ts';
import { HASH, HOSTILE, sample } from './sample.ts';

const SCHEMA = join(import.meta.dirname, '../../../../../../shared/data/schemas/sarif-2.1.0.json');

function logOf() {
  const { json, accepted } = sample();
  const rules = describedRules(new Set(json.findings.map(({ rule }) => rule)));
  const text = sarifReport(json, { rules, version: '1.2.3', accepted, hash: HASH });
  return { text, log: JSON.parse(text), run: JSON.parse(text).runs[0] };
}

describe('SARIF', () => {
  test('is valid', { skip: existsSync(SCHEMA) ? false : 'the schema of SARIF is not here' }, () => {
    const schema = JSON.parse(readFileSync(SCHEMA, 'utf8')) as Schema;
    const { valid, errors } = new Validator(schema, '4', false).validate(logOf().log);
    assert.deepEqual([valid, errors], [true, []]);
    const broken = { ...logOf().log, version: '2' };
    assert.equal(new Validator(schema, '4').validate(broken).valid, false);
  });

  test('has places from 1, levels, and each rule once', () => {
    const { run } = logOf();
    const levels = run.results.map(({ ruleId, level }: { ruleId: string; level: string }) => [ruleId, level]);
    assert.deepEqual(Object.fromEntries(levels), {
      'outdated-dependency': 'note',
      'typosquat-name': 'warning',
      'unbounded-range': 'error',
    });
    assert.deepEqual(
      run.results.map(({ ruleId, ruleIndex }: { ruleId: string; ruleIndex: number }) => [
        ruleId,
        run.tool.driver.rules[ruleIndex].id,
      ]),
      run.results.map(({ ruleId }: { ruleId: string }) => [ruleId, ruleId]),
    );
    assert.equal(new Set(run.tool.driver.rules.map(({ id }: { id: string }) => id)).size, 3);
    const lodahs = run.results.find(
      ({ properties }: { properties?: { package?: string } }) => properties?.package === 'lodahs',
    );
    assert.deepEqual(lodahs.locations[0].physicalLocation, {
      artifactLocation: { uri: 'package.json', uriBaseId: '%SRCROOT%' },
      region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 13 },
    });
    assert.equal(lodahs.relatedLocations[0].physicalLocation.artifactLocation.uri, 'my%20file.json');
    assert.equal(lodahs.fixes[0].artifactChanges[0].replacements[0].insertedContent.text, 'lodash');
  });

  test('has what the configuration accepts as suppressed, and gaps as notifications', () => {
    const { run } = logOf();
    const suppressed = run.results.filter(
      ({ suppressions }: { suppressions: readonly object[] }) => suppressions.length > 0,
    );
    assert.deepEqual(
      suppressed.map(({ suppressions }: { suppressions: readonly object[] }) => suppressions),
      [[{ kind: 'external', status: 'accepted', justification: 'ours' }]],
    );
    const [notification] = run.invocations[0].toolExecutionNotifications;
    assert.match(notification.message.text, /yarn\.lock: is not text/);
    assert.equal(run.invocations[0].executionSuccessful, true);
  });

  test('has fingerprints that differ', () => {
    const { run } = logOf();
    const prints = run.results.map(
      ({ partialFingerprints }: { partialFingerprints: object }) => partialFingerprints,
    );
    assert.equal(new Set(prints.map((each: object) => JSON.stringify(each))).size, run.results.length);
  });

  test('keeps hostile text in its string, without control characters', () => {
    const { text, run } = logOf();
    const messages = run.results.map(({ message }: { message: { text: string } }) => message.text);
    assert.ok(messages.includes(HOSTILE));
    assert.ok(!text.includes('\u0007') && !text.includes('\u202E'));
  });
});
