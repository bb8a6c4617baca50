import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RULES } from '../../../../server/src/core/judge/rules/index.ts';
import { expectMarks, parseWorkspace } from '../../../workspace.ts';

describe('the examples in the documentation of each rule', () => {
  for (const rule of RULES) {
    test(`${rule.id}: the bad one is reported as marked, the good one is not`, async () => {
      const marked = parseWorkspace(rule.docs.bad).marks.some((mark) => mark.rule === rule.id);
      assert.ok(marked, 'the bad example has a mark of the rule');
      const { registry, advisories, base } = rule.docs;
      await expectMarks(rule.docs.bad, { rules: [rule.id], registry, advisories, base });
      await expectMarks(rule.docs.good, { rules: [rule.id], registry, advisories, base });
    });
  }
});
