import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AdvisoryFacts } from '../../../../server/src/core/judge/exposure/advisory-facts.ts';
import { packageLine } from '../../../../server/src/core/judge/exposure/describe-advisory.ts';

function advisories(count: number): readonly AdvisoryFacts[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `GHSA-${at}`,
    aliases: [],
    package: 'axios',
    version: '1.0.0',
    severity: 'high',
    score: null,
    cwes: [],
    malware: false,
    about: 'SSRF',
    range: '<2.0.0',
    fixedIn: '2.0.0',
    allFixedIn: '2.0.0',
    isLeft: false,
    isFixUnknown: false,
    isDisputed: false,
    path: ['axios 1.0.0'],
    source: 'bundled',
  }));
}

test('of many advisories the first four are listed, and the rest counted', () => {
  const listed = (count: number) =>
    Array.from({ length: count }, (_, at) => `high: SSRF (GHSA-${at})`).join(', ');
  assert.equal(packageLine(advisories(5)), `axios 1.0.0, ${listed(5)}. 2.0.0 fixes all.`);
  assert.equal(packageLine(advisories(28)), `axios 1.0.0, ${listed(4)} and 24 more. 2.0.0 fixes all.`);
});
