import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Applicability, Fix } from '../../../../server/src/core/read/text/finding.ts';
import { adviceOf } from '../../../../server/src/core/show/report/check/advice.ts';
import { findingOn, ROOT } from './sample-report.ts';

const finding = findingOn('"lodahs"', '"lodahs"');

function fix(title: string, file = 'package.json', applicability: Applicability = 'unsafe'): Fix {
  const span = { start: 0, end: 0 };
  return { title, applicability, edits: [{ uri: `${ROOT}/${file}`, span, newText: '' }] };
}

const command: Fix = { title: 'Copy it', applicability: 'display-only', edits: [], command: 'npm install' };

describe('adviceOf', () => {
  test('names both where the author has to choose', () => {
    const deletions = ['yarn.lock', 'package-lock.json'].map((file) => ({
      ...fix(`Delete ${file}`),
      edits: [],
      deletes: [`${ROOT}/${file}`],
    }));
    assert.deepEqual(adviceOf(finding, deletions), ['Delete yarn.lock', 'or delete package-lock.json']);
    assert.deepEqual(adviceOf(finding, [fix('Replace it'), command]), ['Replace it', 'or run: npm install']);
    assert.deepEqual(adviceOf(finding, [command, fix('Insert it')]), ['Run: npm install', 'or insert it']);
  });

  test('says what is to be run after edits, and not as another way out', () => {
    const edited = { ...fix('Replace it'), command: 'npm install' };
    const then = 'Replace it, then run: npm install';
    assert.deepEqual(adviceOf(finding, [edited, command]), [then]);
    assert.deepEqual(adviceOf(finding, [edited, command, fix('Remove it')]), [then, 'or remove it']);
    assert.deepEqual(adviceOf(finding, [edited, { ...command, command: 'npm ci' }]), [
      then,
      'or run: npm ci',
    ]);
  });

  test('names the one that is safe, and no third one', () => {
    const safe = fix('Replace it', 'package.json', 'safe');
    assert.deepEqual(adviceOf(finding, [safe, fix('Remove it')]), ['Replace it']);
    const three = [fix('Replace it'), fix('Remove it'), fix('Move it')];
    assert.deepEqual(adviceOf(finding, three), ['Replace it', 'or remove it']);
  });

  test('names what lets the finding pass only where nothing mends it', () => {
    const policy = 'dependency-hygiene.json';
    const allow = fix('Allow the name', policy);
    const ignore = fix('Ignore until 2027-01-01', policy);
    assert.deepEqual(adviceOf(finding, [ignore]), []);
    assert.deepEqual(adviceOf(finding, [ignore, allow]), ['Allow the name']);
    assert.deepEqual(adviceOf(finding, [fix('Remove it'), allow, ignore]), ['Remove it']);
    const inPolicy = { ...finding, uri: `${ROOT}/${policy}` };
    assert.deepEqual(adviceOf(inPolicy, [fix('Replace it', policy), fix('Remove it', policy)]), [
      'Replace it',
      'or remove it',
    ]);
  });

  test('names what clears a vulnerability before updates, and a smaller step before a larger one', () => {
    const security = (title: string, isComplete: boolean, isMajor: boolean): Fix => ({
      ...fix(title),
      effect: { type: 'security', isComplete, isMajor },
    });
    const update: Fix = { ...fix('Update it'), effect: { type: 'update', isMajor: false } };
    const all = [
      update,
      security('Fix some', false, false),
      security('Fix all (major)', true, true),
      security('Fix all', true, false),
    ];
    assert.deepEqual(adviceOf(finding, all), ['Fix all', 'or fix all (major)']);
    assert.deepEqual(adviceOf(finding, [update, fix('Remove it')]), ['Remove it', 'or update it']);
  });
});
