import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AdvisorySourceState } from '../../../../server/src/core/know/advisory/advisories.ts';
import { joinedStates } from '../../../../server/src/core/know/advisory/joined-states.ts';
import { jsonOf } from '../../../../server/src/core/show/report/check/json.ts';
import { reportCoverage } from '../../../../server/src/core/show/report/check/report-coverage.ts';
import { textReport } from '../../../../server/src/core/show/report/check/text.ts';
import { advisoryGap, describeAdvisory } from '../../../../server/src/core/show/report/describe-advisory.ts';
import { sampleReport } from './sample-report.ts';

const NOW = Date.parse('2026-11-26T10:00:00Z');
const HOUR = 60 * 60 * 1000;

function state(
  source: AdvisorySourceState['source'],
  more: Partial<AdvisorySourceState> = {},
): AdvisorySourceState {
  return {
    source,
    host: undefined,
    state: 'used',
    detail: undefined,
    asOf: undefined,
    unanswered: 0,
    ...more,
  };
}

const BUNDLED = state('bundled', { asOf: Date.parse('2026-11-20') });
const DATABASE = state('database', { asOf: Date.parse('2026-11-24') });
const PUBLIC = state('registry', { asOf: NOW - 3 * HOUR });
const ACME = state('registry', { host: 'npm.acme.example.test', asOf: NOW });
const MISSING = state('database', { state: 'missing', detail: '"dephygiene db update" creates one' });
const OSV_OFF = state('osv', { state: 'off', detail: 'switched off' });

describe('what findings about advisories rest on', () => {
  test('is told with its age', () => {
    assert.deepEqual(describeAdvisory([BUNDLED, MISSING, PUBLIC, OSV_OFF], NOW), [
      'advisories of 20 Nov 2026 (bundled, 6 days old)',
      'the public npm registry 3 h ago',
    ]);
    assert.deepEqual(describeAdvisory([BUNDLED, DATABASE, ACME], NOW).slice(1), [
      'of 24 Nov 2026 (local database, 2 days old)',
      'npm.acme.example.test just now',
    ]);
    assert.deepEqual(describeAdvisory([PUBLIC], NOW), ['advisories of the public npm registry 3 h ago']);
    assert.deepEqual(describeAdvisory([OSV_OFF], NOW), ['no advisories']);
    assert.deepEqual(describeAdvisory([], NOW), [], 'nobody wanted any');
  });

  test('says until when the bundled data is complete, and what knows more', () => {
    const partial = state('bundled', { ...BUNDLED, completeTo: Date.parse('2024-11-25') });
    const words = 'advisories of 20 Nov 2026 (bundled, 6 days old, complete to Nov 2024, partial since)';
    assert.deepEqual(describeAdvisory([partial], NOW), [words, '"dephygiene db update" fetches newer ones']);
    assert.deepEqual(describeAdvisory([partial, DATABASE], NOW), [
      words,
      'of 24 Nov 2026 (local database, 2 days old)',
    ]);
  });

  test('is not told of what did not answer', () => {
    const gap = (more: AdvisorySourceState) => advisoryGap(more, NOW);
    for (const fine of [BUNDLED, DATABASE, PUBLIC, ACME, MISSING, OSV_OFF])
      assert.equal(gap(fine), undefined);
    assert.equal(
      gap({
        ...ACME,
        state: 'unsupported',
        detail: 'the registry does not offer advisories',
        unanswered: 1_212,
      }),
      'advisories of npm.acme.example.test for 1,212 packages (the registry does not offer advisories)',
    );
    assert.equal(
      gap({ ...PUBLIC, state: 'failed', detail: 'the registry refused the connection', unanswered: 1 }),
      'advisories of the public npm registry for 1 package (the registry refused the connection)',
    );
    assert.equal(
      gap({ ...PUBLIC, detail: 'the registry refused the connection' }),
      'new advisories of the public npm registry since 3 h ago (the registry refused the connection)',
    );
    assert.equal(
      gap(state('registry', { state: 'off', detail: 'this folder is not trusted', unanswered: 2 })),
      'registry advisories for 2 packages (not asked without --trust)',
    );
    assert.equal(
      gap(state('bundled', { state: 'failed', detail: 'it is damaged' })),
      'bundled advisories (it is damaged)',
    );
    assert.equal(
      gap(state('osv', { state: 'failed', detail: 'OSV answered with status 500', unanswered: 2 })),
      'OSV records for 2 packages (OSV answered with status 500)',
    );
    assert.equal(
      gap(state('registry', { state: 'pending', unanswered: 2 })),
      'advisories of the public npm registry for 2 packages (no answer yet)',
    );
  });

  test('stands in the report for people', () => {
    const unsupported = {
      ...ACME,
      state: 'unsupported',
      detail: 'the registry does not offer advisories',
      asOf: undefined,
      unanswered: 12,
    } as const;
    const report = sampleReport({
      texts: { 'package.json': '{}' },
      advisories: [BUNDLED, PUBLIC, unsupported],
    });
    const ending = { coverage: reportCoverage(report, NOW), exitReason: 'incomplete' } as const;
    const options = {
      columns: 80,
      colour: false,
      leastShown: 'hint',
      failOn: 'error',
      verbose: false,
    } as const;
    const output = textReport(report, ending, { ...options, now: NOW });
    assert.equal(
      output,
      `No findings in what was checked.
Exit code 0 · 1 file
Not checked: advisories of npm.acme.example.test for 12 packages (the registry
             does not offer advisories). Use a registry that offers advisories,
             or name the sources to use with --advisories.
Data: advisories of 20 Nov 2026 (bundled, 6 days old) · the public npm registry
      3 h ago
`,
    );
  });

  test('and in that for programs', () => {
    const report = sampleReport({
      texts: {},
      advisories: [BUNDLED, { ...ACME, state: 'failed', detail: 'no', unanswered: 2 }],
    });
    assert.deepEqual(
      jsonOf(report, { coverage: { state: 'checked', gaps: [] }, exitReason: 'clean' }).sources,
      [
        {
          kind: 'advisories',
          asOf: '2026-11-20T00:00:00.000Z',
          status: 'used',
          source: 'bundled',
          unanswered: 0,
        },
        {
          kind: 'advisories',
          asOf: '2026-11-26T10:00:00.000Z',
          status: 'failed',
          source: 'registry',
          host: 'npm.acme.example.test',
          reason: 'no',
          unanswered: 2,
        },
      ],
    );
  });

  test('is said once for several projects, with the oldest answer', () => {
    const joined = joinedStates([
      OSV_OFF,
      PUBLIC,
      ACME,
      BUNDLED,
      { ...PUBLIC, asOf: NOW, unanswered: 0 },
      BUNDLED,
      OSV_OFF,
    ]);
    assert.deepEqual(joined, [BUNDLED, PUBLIC, ACME, OSV_OFF]);
    const failed = { ...ACME, state: 'failed', detail: 'no', unanswered: 2 } as const;
    assert.deepEqual(
      joinedStates([failed, ACME, failed]).map(({ state: of, unanswered }) => [of, unanswered]),
      [
        ['failed', 4],
        ['used', 0],
      ],
    );
  });
});
