import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ignoreFix } from '../../../../server/src/core/judge/policy/ignore-fix.ts';
import { isIgnored } from '../../../../server/src/core/judge/policy/ignored.ts';
import { NO_REASON_YET } from '../../../../server/src/core/read/policy-file/placeholder-reason.ts';
import { DEFAULT_POLICY, readPolicy } from '../../../../server/src/core/read/policy-file/read-policy.ts';
import type { Project } from '../../../../server/src/core/read/project/project.ts';
import { applyEdits } from '../../../../server/src/core/read/text/edit.ts';
import type { Finding } from '../../../../server/src/core/read/text/finding.ts';
import { fixOf, openWorkspace, ROOT } from '../../../workspace.ts';

const PROJECT = { root: 'file:///p', policy: DEFAULT_POLICY, policyBase: 'file:///p' } as Project;
const POLICY = 'file:///p/dependency-hygiene.json';

function finding(more: Partial<Finding>): Finding {
  const base = {
    rule: 'insecure-url',
    severity: 'error',
    span: { start: 0, end: 0 },
    message: '',
    related: [],
    data: {},
  } as const;
  return { ...base, uri: 'file:///p/packages/%5Bid%5D/package.json', fixes: () => [], ...more };
}

function fixed(one: Finding, policyFile?: string) {
  const fix = ignoreFix(one, PROJECT, policyFile, '2026-11-24', () => undefined);
  assert.ok(fix);
  const text = applyEdits('', fix.edits);
  const unexplained = readPolicy(POLICY, text);
  assert.ok(unexplained.ignores.every(({ reason, lacks }) => reason === undefined && lacks[0] === 'reason'));
  const policy = readPolicy(POLICY, text.replaceAll(NO_REASON_YET, 'because'));
  assert.deepEqual(policy.problems, []);
  return {
    fix,
    policy,
    accepts: (other: Finding, path: string, today: string) => isIgnored(policy, { ...other, path }, today),
  };
}

describe('ignoreFix', () => {
  test('accepts a package by name and version for 90 days', () => {
    const one = finding({ package: 'a', version: '1.0.0' });
    const { fix, accepts } = fixed(one);
    assert.equal(
      fix.title,
      'Ignore until 2027-02-22: insecure-url (in dependency-hygiene.json; has no effect until you write the reason)',
    );
    assert.equal(fix.edits[0]?.uri, POLICY);
    assert.ok(accepts(one, 'elsewhere/package.json', '2027-02-22'));
    assert.ok(!accepts(one, 'elsewhere/package.json', '2027-02-23'));
    assert.ok(!accepts(finding({ package: 'a', version: '1.0.1' }), 'package.json', '2026-11-24'));
  });

  test('accepts an advisory by its id, for the package and version that it hits', () => {
    const advisory = { ids: ['GHSA-aaaa-bbbb-cccc', 'CVE-2026-1'], package: 'deep', version: '0.1.0' };
    const one = finding({ rule: 'vulnerable-dependency', package: 'a', advisories: [advisory] });
    const { fix, accepts, policy } = fixed(one);
    assert.equal(
      fix.title,
      'Ignore until 2027-02-22: GHSA-aaaa-bbbb-cccc (in dependency-hygiene.json; has no effect until you write the reason)',
    );
    const [entry] = policy.ignores;
    assert.deepEqual(
      [policy.ignores.length, entry?.id, entry?.package, entry?.version, entry?.path],
      [1, 'GHSA-aaaa-bbbb-cccc', 'deep', '0.1.0', undefined],
    );
    assert.ok(accepts(one, 'elsewhere/package-lock.json', '2026-11-24'));
    const later = { ...one, advisories: [advisory, { ...advisory, ids: ['GHSA-dddd-eeee-ffff'] }] };
    assert.ok(!accepts(later, 'package.json', '2026-11-24'));
  });

  test('accepts several advisories by an entry each', () => {
    const advisories = ['GHSA-1', 'GHSA-2', 'GHSA-3'].map((id) => ({
      ids: [id],
      package: 'deep',
      version: '0.1.0',
    }));
    const one = finding({ rule: 'vulnerable-dependency', package: 'deep', advisories });
    const { fix, accepts, policy } = fixed(one);
    assert.match(fix.title, /: GHSA-1 and 2 more \(in dependency/);
    assert.deepEqual(
      policy.ignores.map(({ id }) => id),
      ['GHSA-1', 'GHSA-2', 'GHSA-3'],
    );
    assert.ok(accepts(one, 'package.json', '2026-11-24'));
  });

  test('accepts what names no package in its own file only', () => {
    const one = finding({});
    const { accepts } = fixed(one);
    assert.ok(accepts(one, 'packages/[id]/package.json', '2026-11-24'));
    assert.ok(!accepts(one, 'packages/i/package.json', '2026-11-24'));
  });

  test('accepts it by its path from the configuration file, where that stands above the project', async () => {
    const source = (ignores: string) => `-- dependency-hygiene.json --
{ "ignores": [${ignores}] }
-- apps/shop/package.json --
{ "dependencies": { "lodash": "^4.17.0" } }
-- apps/other/package.json --
{ "dependencies": { "lodash": "^4.17.0" } }
`;
    const found = async (ignores: string) =>
      (await openWorkspace(source(ignores)))
        .findings('lockfile-missing')
        .map(({ uri }) => uri.slice(ROOT.length + 1));
    const entry = (path: string) =>
      JSON.stringify({ rule: 'lockfile-missing', path, reason: 'a library', expires: '2027-01-01' });
    assert.deepEqual(await found(entry('apps/shop/*')), ['apps/other/package.json']);
    assert.deepEqual(await found(entry('package.json')), [
      'apps/other/package.json',
      'apps/shop/package.json',
    ]);
    const after = await fixOf(source(''), 'lockfile-missing', /^Ignore until/);
    assert.match(after, /"path": "apps\/other\/package\.json"/);
  });

  test('with one configuration file for all, the path begins at the folder that is checked', async () => {
    const source = `-- config/org.json --
{ "ignores": [{ "rule": "lockfile-missing", "path": "apps/*/package.json", "reason": "a library", "expires": "2027-01-01" }] }
-- apps/shop/package.json --
{ "dependencies": { "lodash": "^4.17.0" } }
`;
    const settings = { policyFile: `${ROOT}/config/org.json` };
    assert.deepEqual((await openWorkspace(source, { settings })).findings('lockfile-missing'), []);
    assert.equal((await openWorkspace(source)).findings('lockfile-missing').length, 1);
  });

  test('writes the configuration file that is used instead', () => {
    const { fix } = fixed(finding({}), 'file:///etc/org.json');
    assert.equal(fix.edits[0]?.uri, 'file:///etc/org.json');
    assert.match(fix.title, /\(in org\.json; has no effect until/);
  });

  test('is not offered where it would not help', () => {
    const offer = (one: Finding) => ignoreFix(one, PROJECT, undefined, '2026-11-24', () => undefined);
    assert.equal(offer(finding({ rule: 'policy-file-invalid' })), undefined);
    assert.equal(offer(finding({ rule: 'audit-ignore-invalid' })), undefined);
    const malware = { ids: ['MAL-1'], package: 'a', version: undefined };
    assert.equal(offer(finding({ rule: 'malicious-version', advisories: [malware] })), undefined);
    const exact = { ...malware, version: '1.0.0' };
    assert.equal(offer(finding({ rule: 'malicious-version', advisories: [exact] })), undefined);
    assert.equal(offer(finding({ rule: 'lockfile-entry-mismatch', package: 'a' })), undefined);
    assert.ok(offer(finding({ rule: 'lockfile-entry-mismatch', package: 'a', version: '1.0.0' })));
    assert.equal(
      ignoreFix(finding({}), PROJECT, undefined, '2026-11-24', () => '{ "ignores": ['),
      undefined,
    );
  });
});
