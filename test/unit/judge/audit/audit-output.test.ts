import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { auditJson, reachesLevel } from '../../../../server/src/core/show/report/audit/audit-json.ts';
import { auditText } from '../../../../server/src/core/show/report/audit/audit-text.ts';
import { audit, chain, GHSA, MINIMIST, record, WHOLE } from './audited-project.ts';

describe('the form of npm audit --json', () => {
  test('has every member of it', () => {
    const json = JSON.parse(auditJson(audit(chain('^0.5.0', '0.0.8')), { sources: [] }, WHOLE));
    const { source, title, ...advisory } = json.vulnerabilities.minimist.via[0];
    assert.ok(Number.isSafeInteger(source) && source > 0);
    assert.ok(title.length > 0);
    assert.deepEqual(advisory, {
      name: 'minimist',
      dependency: 'minimist',
      url: `https://github.com/advisories/${GHSA}`,
      severity: 'critical',
      cwe: ['CWE-1321'],
      cvss: { score: 0, vectorString: null },
      range: '<0.2.4',
    });
    assert.deepEqual(json.vulnerabilities.mkdirp, {
      name: 'mkdirp',
      severity: 'critical',
      isDirect: true,
      via: ['minimist'],
      effects: [],
      range: '0.5.1',
      nodes: ['node_modules/mkdirp'],
      fixAvailable: false,
    });
    assert.deepEqual(json.metadata, {
      vulnerabilities: { info: 0, low: 0, moderate: 0, high: 0, critical: 2, total: 2 },
      dependencies: { prod: 3, dev: 0, optional: 0, peer: 0, peerOptional: 0, total: 2 },
    });
    assert.equal(json.auditReportVersion, 2);
  });

  test('names are only names', () => {
    const lock = `{ "name": "p", "lockfileVersion": 3, "packages": {
      "": { "dependencies": { "__proto__": "1.0.0" } },
      "node_modules/__proto__": { "version": "1.0.0", "integrity": "sha512-x" } } }`;
    const report = audit(lock, { records: [record('__proto__', 'GHSA-a', '2.0.0')] });
    const text = auditJson(report, { sources: [] }, WHOLE);
    assert.match(text, /"__proto__": \{\n\s+"name": "__proto__"/);
  });

  test('unknown severities count as npm counts them, and levels are reached from below', () => {
    const unknown = record('minimist', GHSA, '0.2.4', { database_specific: {} });
    const report = audit(chain('^0.5.0', '>=0.0.8'), { records: [unknown] });
    assert.deepEqual(
      (['critical', 'high', 'moderate', 'low', 'info', 'none'] as const).map((level) =>
        reachesLevel(report, level),
      ),
      [false, true, true, true, true, false],
    );
  });
});

test('the text names advisories, copies and ways out', () => {
  const options = { columns: 80, colour: false, now: Date.parse('2026-11-24T12:00:00Z') };
  const source = {
    source: 'bundled',
    host: undefined,
    state: 'used',
    detail: undefined,
    unanswered: 0,
  } as const;
  const sources = [{ ...source, asOf: Date.parse('2026-11-20T12:00:00Z') }];
  const text = auditText(audit(chain('^0.5.0', '0.0.8')), { sources }, WHOLE, options);
  assert.match(
    text,
    /^minimist {2}critical\n {2}Prototype Pollution in minimist \(GHSA-xvch-5gv4-984h, CVE-2021-44906,\s+critical\): <0\.2\.4\n/,
  );
  assert.match(text, /\n {2}installed: minimist 0\.0\.8\n {2}fixed in 0\.2\.4; needs an override\n/);
  assert.match(text, /\n {2}no version in the declared range of mkdirp fixes it\n/);
  assert.match(
    text,
    /\n2 vulnerable packages \(2 critical\), 1 of them through what they depend on; 2\nlocked packages\.\nData: advisories of 20 Nov 2026 \(bundled, 4 days old\)\n$/,
  );
  const clean = auditText(audit(chain('^0.5.0', '0.0.8'), { records: [] }), { sources }, WHOLE, options);
  assert.match(clean, /^No known vulnerabilities; 2 locked packages\.\n/);
});

test('where no version fixes all, the text names the one that leaves least', () => {
  const range = { type: 'SEMVER', events: [{ introduced: '0' }, { last_affected: '9.0.0' }] };
  const affected = [{ package: { ecosystem: 'npm', name: 'minimist' }, ranges: [range] }];
  const open = record('minimist', 'GHSA-2222-2222-2222', '', { affected });
  const options = { columns: 120, colour: false, now: 0 };
  const report = audit(chain('^0.5.0', '0.0.8'), { records: [MINIMIST, open] });
  const text = auditText(report, { sources: [] }, WHOLE, options);
  assert.match(text, /\n {2}no version is known to fix all; 0\.2\.4 fixes all but GHSA-2222-2222-2222\n/);
  const alone = auditText(
    audit(chain('^0.5.0', '0.0.8'), { records: [open] }),
    { sources: [] },
    WHOLE,
    options,
  );
  assert.match(alone, /\n {2}no fix known\n/);
});

test('copies of one version with different fixes are named by their paths', () => {
  const copy = '{ "version": "1.0.0", "integrity": "sha512-x" }';
  const needing = (range: string) =>
    `{ "version": "1.0.0", "integrity": "sha512-x", "dependencies": { "b": "${range}" } }`;
  const lock = `{ "name": "p", "lockfileVersion": 3, "packages": {
    "": { "dependencies": { "a": "1.0.0", "c": "1.0.0" } },
    "node_modules/a": ${needing('^1.0.0')}, "node_modules/b": ${copy},
    "node_modules/c": ${needing('1.0.0')}, "node_modules/c/node_modules/b": ${copy} } }`;
  const report = audit(lock, { records: [record('b', 'GHSA-a', '1.0.1')] });
  const options = { columns: 200, colour: false, verbose: false, now: 0, updateCommand: undefined };
  const text = auditText(report, { sources: [] }, WHOLE, options);
  assert.match(
    text,
    /\n {2}b 1\.0\.0 \(node_modules\/b\): fixed by 1\.0\.1, which the declared ranges admit\n/,
  );
  assert.match(
    text,
    /\n {2}b 1\.0\.0 \(node_modules\/c\/node_modules\/b\): fixed in 1\.0\.1; needs an override\n/,
  );
});
