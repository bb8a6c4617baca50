import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeSeverity, type UsedAt } from '../../../../server/src/core/judge/exposure/place-severity.ts';
import type { AdvisorySeverity } from '../../../../server/src/core/know/advisory/advisory.ts';

const LETTERS = { error: 'E', warning: 'W', information: 'I', hint: 'H' } as const;
const PRODUCTION: UsedAt = { isDev: false, isOfTools: false, isDirect: true, isFixture: false };
const DIRECT = { ...PRODUCTION, isDev: true };
const TRANSITIVE = { ...DIRECT, isDirect: false };

const EXECUTION = ['CWE-94', 'CWE-78', 'CWE-22', 'CWE-200', 'CWE-287'];
const PAGE = ['CWE-79', 'CWE-918', 'CWE-1321', 'CWE-601'];
const AVAILABILITY = ['CWE-1333', 'CWE-400', 'CWE-407', 'CWE-674', 'CWE-770', 'CWE-835'];

/** Production, direct development, transitive development. */
const TABLE: readonly (readonly [readonly string[], AdvisorySeverity, string])[] = [
  [EXECUTION, 'critical', 'E E E'],
  [EXECUTION, 'high', 'E E W'],
  [EXECUTION, 'moderate', 'W W I'],
  [EXECUTION, 'low', 'I I H'],
  [PAGE, 'critical', 'E W W'],
  [PAGE, 'high', 'E W W'],
  [PAGE, 'moderate', 'W I I'],
  [PAGE, 'low', 'I H H'],
  [AVAILABILITY, 'critical', 'E W I'],
  [AVAILABILITY, 'high', 'E W I'],
  [AVAILABILITY, 'moderate', 'W I H'],
  [AVAILABILITY, 'low', 'I H H'],
];

function rowOf(severity: AdvisorySeverity | undefined, cwes: readonly string[], isMalware = false): string {
  const used = [PRODUCTION, { ...PRODUCTION, isDirect: false }, DIRECT, TRANSITIVE];
  const [direct, transitive, ...dev] = used.map(
    (at) => LETTERS[placeSeverity({ severity, cwes, title: undefined, isMalware }, at)],
  );
  assert.equal(direct, transitive, 'production is one column');
  return [direct, ...dev].join(' ');
}

test('each class of weakness has its severity in each place', () => {
  for (const [cwes, severity, row] of TABLE) {
    for (const cwe of cwes) assert.equal(rowOf(severity, [cwe]), row, `${cwe} ${severity}`);
  }
  assert.equal(rowOf('critical', [], true), 'E E E');
});

test('an unknown weakness is of the worst class, and of several the worst counts', () => {
  assert.equal(rowOf('high', []), 'E E W');
  assert.equal(rowOf('high', ['CWE-999999']), 'E E W');
  assert.equal(rowOf('high', ['CWE-400', 'CWE-94']), 'E E W');
  assert.equal(rowOf('moderate', ['CWE-400', 'CWE-1321']), 'W I I');
});

test('without a rating it is moderate, and npm\'s "info" is low', () => {
  assert.equal(rowOf(undefined, ['CWE-94']), 'W W I');
  assert.equal(rowOf('info', ['CWE-94']), 'I I H');
});

test('a fixture is one level milder, but for malware', () => {
  const inFixture = { ...PRODUCTION, isFixture: true };
  const at = (severity: AdvisorySeverity, isMalware: boolean) =>
    placeSeverity({ severity, cwes: ['CWE-400'], title: undefined, isMalware }, inFixture);
  assert.deepEqual(
    [at('critical', false), at('moderate', false), at('low', false), at('critical', true)],
    ['warning', 'information', 'hint', 'error'],
  );
});
