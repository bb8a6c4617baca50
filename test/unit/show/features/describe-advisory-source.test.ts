import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AdvisorySourceState } from '../../../../server/src/core/know/advisory/advisories.ts';
import { describeUsedSources } from '../../../../server/src/core/show/features/describe-advisory-source.ts';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const NOW = day('2026-11-29');

const REST = { host: undefined, detail: undefined, unanswered: 0 };

const bundled: AdvisorySourceState = {
  ...REST,
  source: 'bundled',
  state: 'used',
  asOf: day('2026-09-10'),
  completeTo: day('2024-11-25'),
};

test('the age of advisory data stands beside its date, not beside that of a gap in it', () => {
  assert.equal(
    describeUsedSources([bundled], NOW),
    'by bundled data of 10 Sep 2026 (2 months ago), partial since 25 Nov 2024',
  );
});

test('after an answer of a registry, its age is that of all', () => {
  assert.equal(
    describeUsedSources(
      [bundled, { ...REST, source: 'registry', state: 'used', asOf: NOW - 3 * 3_600_000 }],
      NOW,
    ),
    'checked 3 h ago (bundled data of 10 Sep 2026, partial since 25 Nov 2024 + the public npm registry)',
  );
});
