import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bulkAdvisories } from '../../../../server/src/core/know/advisory/bulk/bulk-advisories.ts';
import {
  bulkToRecord,
  readBulkAdvisories,
  readBulkAnswer,
} from '../../../../server/src/core/know/advisory/bulk/bulk-answer.ts';
import { bulkRequests, bulkUrl } from '../../../../server/src/core/know/advisory/bulk/bulk-request.ts';

describe('requests to a bulk endpoint', () => {
  test('go below the address of the registry, without its credentials', () => {
    assert.equal(
      bulkUrl('https://user:secret@npm.acme.example.test/virtual/npm'),
      'https://npm.acme.example.test/virtual/npm/-/npm/v1/security/advisories/bulk',
    );
    assert.equal(bulkUrl('file:///etc'), undefined);
  });

  test('have at most 500 names and 1 MB', () => {
    const names = Array.from({ length: 1_001 }, (_, at) => [`p${at}`, ['1.0.0']] as const);
    assert.deepEqual(
      bulkRequests(new Map(names)).map((request) => request.names.length),
      [500, 500, 1],
    );
    const long = Array.from({ length: 20 }, (_, at) => [`p${at}`, [`1.0.0-${'x'.repeat(60_000)}`]] as const);
    const requests = bulkRequests(new Map(long));
    assert.ok(requests.length > 1);
    for (const { json } of requests) assert.ok(Buffer.byteLength(json) <= 1_000_000);
    assert.equal(requests.flatMap((request) => request.names).length, 20);
  });

  test('ask about names that are members of every object, too', () => {
    const [request] = bulkRequests(
      new Map([
        ['__proto__', ['1.0.0']],
        ['constructor', ['2.0.0']],
      ]),
    );
    assert.equal(request!.json, '{"__proto__":["1.0.0"],"constructor":["2.0.0"]}');
  });
});

describe('answers of a bulk endpoint', () => {
  const one = {
    id: 7,
    url: 'https://advisories.example.test/GHSA-2222-3333-4444',
    vulnerable_versions: '<1.2.0',
  };

  test('say nothing against names that they leave out', () => {
    const answer = readBulkAnswer({ a: [one], never: [one] }, ['a', 'b']);
    assert.deepEqual([...answer!.keys()], ['a', 'b']);
    assert.deepEqual(answer!.get('b'), []);
    assert.deepEqual(readBulkAnswer({}, ['__proto__', 'toString'])!.get('toString'), []);
  });

  test('are none where they are no object', () => {
    for (const json of [undefined, null, [], 'clean', 7])
      assert.equal(readBulkAnswer(json, ['a']), undefined);
  });

  test('are none where they speak of something else than packages that were asked about', () => {
    for (const json of [{ error: 'log in' }, { a: [], message: 'moved' }, { advisories: [] }, { b: [{}] }])
      assert.equal(readBulkAnswer(json, ['a']), undefined);
  });

  test('say nothing of a package of which they say something that cannot be read', () => {
    const odd: readonly unknown[] = [
      'none',
      7,
      {},
      [null],
      [{ ...one, id: undefined, url: undefined }],
      [{ ...one, id: { toString: 'x' }, url: 'https://advisories.example.test/' }],
      [{ ...one, vulnerable_versions: ['<1'] }],
      [{ ...one, vulnerable_versions: '<1 || '.repeat(10_000) }],
      Array.from({ length: 501 }, () => one),
      [one, null],
    ];
    for (const list of odd) assert.deepEqual([...readBulkAnswer({ a: list }, ['a', 'b'])!.keys()], ['b']);
  });

  test('mean every version where they name no range, and something high where they do not rate it', () => {
    const [advisory] = readBulkAdvisories([{ ...one, vulnerable_versions: null, severity: 'terrible' }])!;
    assert.deepEqual([advisory!.range, advisory!.severity], ['*', undefined]);
    const [made] = bulkAdvisories('a', [advisory!]);
    assert.equal(made!.affects('99.0.0'), 'yes');
    assert.equal(made!.affects('2.0.0-beta.1'), 'yes');
  });

  test('are compared with versions as npm does, and a range that nobody can read says nothing', () => {
    const affects = (range: string, version: string) =>
      bulkAdvisories('a', readBulkAdvisories([{ ...one, vulnerable_versions: range }])!)[0]!.affects(version);
    assert.equal(affects('<1.2.0', '1.2.0-rc.1'), 'yes');
    assert.equal(affects('>=15.0.0 <15.1.0', '15.1.0-canary.0'), 'yes');
    assert.equal(affects('= v1.2.3 || >= 2.0.0, < 3', '1.2.3'), 'yes');
    assert.equal(affects('>= 2.0.0, < 3', '3.0.0'), 'no');
    for (const range of ['any', '<1.2.0 and others', '<<1', '<1.2.0 || ?', 'latest', '<']) {
      assert.equal(affects(range, '1.0.0'), 'unknown', range);
    }
    assert.equal(affects('<1.2.0', 'no version'), 'unknown');
  });

  test('of malware are known by its weakness or its title', () => {
    const made = (more: object) => bulkAdvisories('a', readBulkAdvisories([{ ...one, ...more }])!)[0]!;
    assert.deepEqual([made({}).isMalware, made({}).severity], [false, undefined]);
    assert.deepEqual(
      [made({ cwe: ['CWE-506'] }), made({ title: 'Malware in a' })].map(({ isMalware, severity }) => [
        isMalware,
        severity,
      ]),
      [
        [true, 'critical'],
        [true, 'critical'],
      ],
    );
  });

  test('are the same out of a cache', () => {
    const full = {
      ...one,
      title: 'T'.repeat(1_000),
      severity: 'low',
      cwe: ['CWE-79', 'CWE-79', 7, 'CWE-x'],
      cvss: { score: 3.1 },
    };
    for (const list of [[full], [{ ...one, url: undefined }], [{ ...one, cvss: { score: 0 } }]]) {
      const read = readBulkAdvisories(list)!;
      assert.deepEqual(readBulkAdvisories(JSON.parse(JSON.stringify(read.map(bulkToRecord)))), read);
    }
    const [read] = readBulkAdvisories([full])!;
    assert.deepEqual([read!.title!.length, read!.cwes], [300, ['CWE-79']]);
  });
});
