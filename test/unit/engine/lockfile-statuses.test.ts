import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeReport } from '../../../server/src/core/show/report/check/report.ts';
import { reportCoverage } from '../../../server/src/core/show/report/check/report-coverage.ts';
import { textReport } from '../../../server/src/core/show/report/check/text.ts';
import type { FileStatus } from '../../../server/src/engine/session.ts';
import { openFiles, ROOT } from '../../workspace.ts';
import { MANAGERS, type ManagerFixture, openFixture } from '../show/features/manager-fixtures.ts';

/** A lockfile of each format with an unknown version. */
const UNKNOWN: Readonly<Record<ManagerFixture, readonly [written: string, unknown: string]>> = {
  npm: ['"lockfileVersion": 3', '"lockfileVersion": 9'],
  'yarn-classic': ['lockfile v1', 'lockfile v7'],
  'yarn-berry': ['version: 10\n', 'version: 99\n'],
  pnpm: ["lockfileVersion: '9.0'", "lockfileVersion: '13.0'"],
  bun: ['"lockfileVersion": 2', '"lockfileVersion": 7'],
};

async function statusOf(name: string, text: string): Promise<FileStatus> {
  const files = new Map([
    ['package.json', '{ "name": "shop", "private": true }'],
    [name, text],
  ]);
  const { snapshot, uri } = await openFiles(files);
  const status = snapshot.projectOf(uri('package.json'))?.statuses.find((one) => one.uri === uri(name));
  assert.ok(status, `${name} has a status`);
  return status;
}

/** Checks that the reason is one sentence that does not name the file, and fits a terminal. */
function expectSentence({ reason, uri }: FileStatus): void {
  assert.match(reason ?? '', /^[A-Za-z].*\.$/);
  assert.ok(!/ {2}|\n/.test(reason ?? ''), reason);
  const file = { uri, kind: 'x', status: 'unreadable', reason, entries: undefined } as const;
  const report = makeReport({
    root: ROOT,
    rootPath: '/workspace',
    projects: [],
    files: [file],
    findings: [],
    notChecked: [],
    sources: [],
    advisories: [],
    undecided: [],
    textOf: () => undefined,
  });
  const options = { columns: 80, colour: false, leastShown: 'hint', failOn: 'error', verbose: true } as const;
  const ending = { coverage: reportCoverage(report, 0), exitReason: 'unread' } as const;
  const lines = textReport(report, ending, { ...options, now: 0 }).split('\n');
  for (const line of lines) assert.ok(line.length <= 80, line);
}

for (const manager of Object.keys(MANAGERS) as ManagerFixture[]) {
  describe(`the lockfile of ${manager}`, async () => {
    const name = MANAGERS[manager];
    const { file, owner } = await openFixture(manager);
    const whole = file(name).text;
    const lockfile = owner.project.lockfile!;

    test('is checked where all of it was read', async () => {
      const status = await statusOf(name, whole);
      assert.deepEqual([status.status, status.reason], ['checked', undefined]);
      const total = lockfile.entries.length;
      assert.deepEqual(status.entries, { read: total, total });
    });

    test('is partial where it is cut off, with the line and the counts', async () => {
      const status = await statusOf(name, whole.slice(0, Math.floor(whole.length * 0.6)));
      assert.equal(status.status, 'partial');
      assert.match(status.reason ?? '', /^Line \d+: .*; \d+ of \d+ entries read\.$/);
      const { read, total } = status.entries!;
      assert.ok(read > 0 && read <= total && read < lockfile.entries.length, `${read} of ${total}`);
      expectSentence(status);
    });

    test('is unreadable where nothing of it could be read', async () => {
      // Yarn treats an empty file as one without packages.
      for (const text of [...(name === 'yarn.lock' ? [] : ['']), 'hello world', '\n\n<<<<<<< HEAD\n']) {
        const status = await statusOf(name, text);
        assert.equal(status.status, 'unreadable', JSON.stringify(text));
        expectSentence(status);
      }
    });

    test('is unsupported in a version that is not known, which says what to do', async () => {
      const [written, unknown] = UNKNOWN[manager];
      assert.ok(whole.includes(written));
      const status = await statusOf(name, whole.replace(written, unknown));
      assert.deepEqual([status.status, status.entries], ['unsupported', undefined]);
      assert.match(
        status.reason ?? '',
        /; update dephygiene\.$|; (?:remove bun\.lock and )?run \w+ install\b/,
      );
      expectSentence(status);
    });
  });
}

test('bun.lockb is unsupported, with the command that writes one that can be read', async () => {
  const status = await statusOf('bun.lockb', '#!/usr/bin/env bun\nbun-lockfile-format-v0\n');
  assert.equal(status.status, 'unsupported');
  assert.match(status.reason ?? '', /bun install --save-text-lockfile/);
  expectSentence(status);
});
