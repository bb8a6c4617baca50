import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareRecords } from '../../../../server/src/core/show/watch/compare-records.ts';
import { eventSentence } from '../../../../server/src/core/show/watch/describe-event.ts';
import { mergeRecords } from '../../../../server/src/core/show/watch/merge-records.ts';
import { readRecord, recordText } from '../../../../server/src/core/show/watch/read-record.ts';
import type { WatchedAccount, WatchRecord } from '../../../../server/src/core/show/watch/watch-record.ts';
import { record } from './sample-records.ts';

const account = (packages: readonly string[] | null, rest: Partial<WatchedAccount> = {}): WatchedAccount => ({
  ...{ name: 'ana', host: 'npm.example.test' },
  packages: packages === null ? null : packages.map((name) => ({ name, version: '1.0.0' })),
  ...rest,
});
const seen = (...accounts: readonly WatchedAccount[]): WatchRecord => ({ ...record(), accounts });
const news = (before: WatchRecord, now: WatchRecord) => compareRecords(before, now).map(({ name }) => name);

describe('new packages of an account', () => {
  test('are those that a whole list did not have before', () => {
    const events = compareRecords(seen(account(['a'])), seen(account(['a', 'b'], { name: 'Ana' })));
    assert.deepEqual(events.map(eventSentence), [
      '"b" is new among the packages of "Ana" (1.0.0). Ask the maintainer whether that is intended.',
    ]);
    assert.deepEqual(news(seen(account(null)), seen(account(['a']))), []);
    assert.deepEqual(news(seen(account(['a'])), seen(account(null))), []);
    assert.deepEqual(news(seen(), seen(account(['a']))), []);
    assert.deepEqual(news(seen(account([], { host: 'old.example.test' })), seen(account(['a']))), []);
  });

  test('are no more lines than people read', () => {
    const many = Array.from({ length: 2_000 }, (_, at) => `p-${at}`);
    assert.equal(news(seen(account([])), seen(account(many))).length, 20);
    const accounts = Array.from({ length: 50 }, (_, at) => `account-${at}`);
    const all = (packages: readonly string[]) => seen(...accounts.map((name) => account(packages, { name })));
    assert.equal(news(all([]), all(many)).length, 200);
  });

  test('are not new again once a search left them out', () => {
    const [first, gap, back] = [seen(account(['a', 'b'])), seen(account(['a'])), seen(account(['a', 'b']))];
    const kept = mergeRecords(mergeRecords(first, gap, true), seen(account(null)), true);
    assert.deepEqual(readRecord(recordText(kept)), kept);
    assert.deepEqual(news(kept, back), []);
  });

  test('are none for a record from before accounts were watched', () => {
    const { accounts: _, ...old } = JSON.parse(recordText(record()));
    assert.deepEqual(readRecord(JSON.stringify(old)), record());
    assert.equal(readRecord(JSON.stringify({ ...old, accounts: [7] })), undefined);
  });
});
