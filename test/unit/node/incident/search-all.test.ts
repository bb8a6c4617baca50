import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { CLEAN } from '../../../../server/src/core/know/incident/find-bad-entries.ts';
import { verdictOf } from '../../../../server/src/core/show/report/incident/incident-report.ts';
import { searchAll } from '../../../../server/src/node/incident/search-all.ts';
import type { SearchContext } from '../../../../server/src/node/incident/search-repository.ts';

test('an error in one repository is its gap, and the others are searched', async () => {
  const places = ['one', 'two', 'three'].map((name) => {
    const directory = mkdtempSync(join(tmpdir(), `incident-${name}-`));
    writeFileSync(join(directory, 'package-lock.json'), `{ "name": "${name}" }`);
    return { directory, kind: 'folder' as const };
  });
  let started = 0;
  const context: SearchContext = {
    bad: { label: 'evil@6.6.6', claims: new Map(), unread: [] },
    question: '',
    startJudge() {
      if (++started === 2) throw new TypeError('undefined is not a function\nat judge');
      return { judge: () => CLEAN };
    },
    ...{ git: undefined, isHistory: false, cache: undefined, now: Date.now },
    machine: { npmCache: undefined, registry: 'https://registry.example.test/' },
    progress: { report() {} },
    signal: new AbortController().signal,
  };
  try {
    const found = await searchAll(places, context, { report() {} });
    assert.deepEqual(found.map(verdictOf), ['not-hit', 'unknown', 'not-hit']);
    assert.deepEqual(found[1]!.gaps, [
      {
        subject: 'repository',
        reason: 'it was not searched, because of an error: undefined is not a function',
      },
    ]);
    const stopper = new AbortController();
    stopper.abort();
    await assert.rejects(searchAll(places, { ...context, signal: stopper.signal }, { report() {} }));
  } finally {
    for (const { directory } of places) rmSync(directory, { recursive: true });
  }
});
