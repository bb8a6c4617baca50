import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { firstSentence, verdictIn } from '../../../../../server/src/core/show/report/html/page-parts.ts';
import { cpuTime } from '../../../../cpu-time.ts';

describe('messages', () => {
  test('are split behind their first sentence, not within quotes, parentheses and versions', () => {
    for (const [message, first] of [
      ['a 1.0.0 is malware (GHSA-1). Remove it.', 'a 1.0.0 is malware (GHSA-1).'],
      [
        'a 1.0.0 is deprecated ("Use b. All bugs are fixed."). Update it.',
        'a 1.0.0 is deprecated ("Use b. All bugs are fixed.").',
      ],
      ['a is unsafe (e.g. a string) here. Update it.', 'a is unsafe (e.g. a string) here.'],
      ['a takes text, e.g. of files', 'a takes text, e.g. of files'],
      ['an "unclosed quote. Update it.', 'an "unclosed quote. Update it.'],
    ] as const)
      assert.equal(firstSentence(message), first);
  });

  test('begin with their verdict', () => {
    for (const [message, verdict] of [
      [
        'a 1.0.0 has 3 known vulnerabilities (highest: high): text',
        'a 1.0.0 has 3 known vulnerabilities (highest: high):',
      ],
      ['The name that looks like "a, b" is odd, as it is.', 'The name that looks like "a, b" is odd,'],
      ['No lockfile', 'No lockfile'],
    ] as const)
      assert.equal(verdictIn(message), verdict);
  });

  test('that are hostile take no time', () => {
    const start = cpuTime();
    for (const part of ['(', '"', '("', 'a (', '"a" ']) {
      firstSentence(part.repeat(20_000));
      verdictIn(part.repeat(20_000));
    }
    assert.ok(cpuTime() - start < 1000);
  });
});
