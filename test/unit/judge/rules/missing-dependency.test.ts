import { describe, test } from 'node:test';
import { missingDependency } from '../../../../server/src/core/judge/rules/missing-dependency.ts';
import { expectMarks } from '../../../workspace.ts';

describe('missing-dependency', () => {
  test('reports the example', () =>
    expectMarks(missingDependency.docs.bad, { rules: ['missing-dependency'] }));

  test('is silent on the fixed example', () =>
    expectMarks(missingDependency.docs.good, { rules: ['missing-dependency'] }));
});
