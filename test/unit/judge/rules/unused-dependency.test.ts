import { describe, test } from 'node:test';
import { unusedDependency } from '../../../../server/src/core/judge/rules/unused-dependency.ts';
import { expectMarks } from '../../../workspace.ts';

describe('unused-dependency', () => {
  test('reports the example', () => expectMarks(unusedDependency.docs.bad, { rules: ['unused-dependency'] }));

  test('is silent on the fixed example', () =>
    expectMarks(unusedDependency.docs.good, { rules: ['unused-dependency'] }));
});
