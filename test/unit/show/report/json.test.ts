import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { jsonOf, jsonReport } from '../../../../server/src/core/show/report/check/json.ts';
import { findingOn, ROOT, sampleReport } from './sample-report.ts';

const CLEAN = { coverage: { state: 'checked', gaps: [] }, exitReason: 'clean' } as const;
const TEXT = '{\n  "dependencies": {\n    "😀lodahs": "^4.17.0"\n  }\n}\n';

describe('jsonOf', () => {
  test('a fix that deletes files names their paths', () => {
    const finding = findingOn(TEXT, 'lodahs');
    const fix = {
      title: 'Delete yarn.lock',
      applicability: 'unsafe' as const,
      edits: [],
      deletes: [`${ROOT}/a/yarn.lock`],
    };
    const report = sampleReport({ texts: { 'package.json': TEXT }, findings: [[finding, [fix]]] });
    assert.deepEqual(jsonOf(report, CLEAN).findings[0]?.fixes, [
      { title: 'Delete yarn.lock', applicability: 'unsafe', edits: [], deletes: ['a/yarn.lock'] },
    ]);
  });

  test('gives exactly the documented form', () => {
    const finding = findingOn(TEXT, 'lodahs', {
      package: 'lodahs',
      version: '4.17.0',
      target: 'lodash',
      data: { downloads: 7 },
      related: [{ uri: `${ROOT}/package-lock.json`, span: { start: 2, end: 3 }, message: 'locked here' }],
    });
    const fix = {
      title: 'Write .npmrc',
      applicability: 'unsafe' as const,
      edits: [
        { uri: `${ROOT}/.npmrc`, span: { start: 0, end: 0 }, newText: 'a=b\n' },
        { uri: `${ROOT}/package.json`, span: finding.span, newText: 'lodash' },
      ],
    };
    const report = sampleReport({
      texts: { 'package.json': TEXT, 'package-lock.json': '{\n\n}' },
      findings: [[finding, [fix]]],
      files: [
        {
          uri: `${ROOT}/yarn.lock`,
          kind: 'yarn',
          status: 'unsupported',
          reason: 'not read',
          entries: undefined,
        },
        {
          uri: `${ROOT}/package-lock.json`,
          kind: 'package-lock',
          status: 'partial',
          reason: 'line 2: odd',
          entries: { read: 1, total: 2 },
        },
        {
          uri: `${ROOT}/package.json`,
          kind: 'manifest',
          status: 'checked',
          reason: undefined,
          entries: undefined,
        },
      ],
      notChecked: [
        { rule: 'b', reason: 'offline', count: 1 },
        { rule: 'a', reason: 'private', count: 2 },
        { rule: 'b', reason: 'offline', count: 2 },
      ],
      sources: [
        { kind: 'popular-names', asOf: '2026-11-24', status: 'bundled' },
        { kind: 'registry', asOf: undefined, status: 'offline' },
      ],
    });
    const range = { start: { line: 2, character: 7 }, end: { line: 2, character: 13 } };
    const empty = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    assert.deepEqual(jsonOf(report, CLEAN), {
      version: 1,
      root: '/w',
      files: [
        {
          path: 'package-lock.json',
          kind: 'package-lock',
          status: 'partial',
          reason: 'line 2: odd',
          entries: { read: 1, total: 2 },
        },
        { path: 'package.json', kind: 'manifest', status: 'checked' },
        { path: 'yarn.lock', kind: 'yarn', status: 'unsupported', reason: 'not read' },
      ],
      findings: [
        {
          rule: 'typosquat-name',
          severity: 'warning',
          path: 'package.json',
          range,
          message: '"lodahs" looks like a misspelling of "lodash".',
          package: 'lodahs',
          version: '4.17.0',
          target: 'lodash',
          related: [
            {
              path: 'package-lock.json',
              range: { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } },
              message: 'locked here',
            },
          ],
          data: { downloads: 7 },
          fixes: [
            {
              title: 'Write .npmrc',
              applicability: 'unsafe',
              edits: [
                { path: '.npmrc', range: empty, newText: 'a=b\n' },
                { path: 'package.json', range, newText: 'lodash' },
              ],
            },
          ],
        },
      ],
      notChecked: [
        { rule: 'a', reason: 'private', count: 2 },
        { rule: 'b', reason: 'offline', count: 3 },
      ],
      excluded: [],
      gitFailures: [],
      sources: [
        { kind: 'popular-names', asOf: '2026-11-24', status: 'bundled' },
        { kind: 'registry', status: 'offline' },
      ],
      summary: { errors: 0, warnings: 1, information: 0, hints: 0 },
      ...CLEAN,
    });
  });

  test('sorts by path, place and rule', () => {
    const at = (path: string, token: string, rule: string) =>
      findingOn(TEXT, token, { uri: `${ROOT}/${path}`, rule });
    const report = sampleReport({
      texts: { 'b/package.json': TEXT, 'a b/package.json': TEXT },
      findings: [
        at('b/package.json', 'lodahs', 'z'),
        at('b/package.json', 'lodahs', 'a'),
        at('b/package.json', 'dependencies', 'z'),
        at('a%20b/package.json', 'lodahs', 'z'),
      ],
    });
    assert.deepEqual(
      jsonOf(report, CLEAN).findings.map(({ path, rule }) => `${path} ${rule}`),
      ['a b/package.json z', 'b/package.json z', 'b/package.json a', 'b/package.json z'],
    );
  });

  test('counts a package that could not be checked once, in however many files it is', () => {
    const gap = { rule: 'typosquat-name', reason: 'offline' } as const;
    const report = sampleReport({
      notChecked: [
        { ...gap, count: 2, packages: ['a', 'b'] },
        { ...gap, count: 2, packages: ['b', 'c'] },
        { ...gap, count: 1 },
        { ...gap, reason: 'private', count: 1, packages: ['a'] },
      ],
    });
    assert.deepEqual(jsonOf(report, CLEAN).notChecked, [
      { ...gap, count: 4 },
      { ...gap, reason: 'private', count: 1 },
    ]);
  });
});

describe('jsonReport', () => {
  test('is JSON whose text holds no control or hidden character', () => {
    const message = 'a\u001b[31m\u009b31m\u202e\u200b\u007f\u2028';
    const report = sampleReport({
      texts: { 'package.json': TEXT },
      findings: [findingOn(TEXT, 'lodahs', { message })],
    });
    const text = jsonReport(report, CLEAN);
    assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Zl}]/u);
    assert.equal(JSON.parse(text).findings[0].message, message);
    assert.ok(text.endsWith('}\n'));
  });
});
