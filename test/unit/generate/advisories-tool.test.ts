import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { openIndex } from '../../../server/src/core/know/advisory/open-index.ts';
import { osv } from '../judge/rules/osv.ts';
import { zipOf } from '../node/database/zip-of.ts';

const TOOL = join(import.meta.dirname, '../../../server/tools/advisories.ts');

describe('advisories --from', () => {
  const folder = mkdtempSync(join(tmpdir(), 'advisories-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const output = join(folder, 'advisories.bin');

  const run = (files: Readonly<Record<string, object>>, ...args: readonly string[]) => {
    const zip = join(folder, 'all.zip');
    const texts = Object.entries(files).map(([name, record]) => [name, JSON.stringify(record)]);
    writeFileSync(zip, zipOf(Object.fromEntries(texts)));
    return spawnSync(process.execPath, [TOOL, `--from=${zip}`, `--output=${output}`, ...args], {
      encoding: 'utf8',
    });
  };
  const record = (id: string, name: string, modified: string) => ({ ...osv(id, name, '0 1.2.3'), modified });
  const RECORDS = {
    'GHSA-aaaa-aaaa-aaaa.json': record('GHSA-aaaa-aaaa-aaaa', 'left', '2026-11-20T10:00:00Z'),
    'GHSA-bbbb-bbbb-bbbb.json': record('GHSA-bbbb-bbbb-bbbb', 'right', '2026-11-26T23:59:59Z'),
  };

  test('reads the full export, dated by its newest record', () => {
    const { status, stderr } = run(RECORDS);
    assert.equal(status, 0, stderr);
    const opened = openIndex(readFileSync(output), 'bundled');
    assert.ok(!('problem' in opened));
    const day = Date.parse('2026-11-26T00:00:00Z');
    assert.deepEqual([opened.index.asOf, opened.index.completeTo], [day, day]);
    for (const name of ['left', 'right']) assert.equal(opened.index.affecting(name, '1.0.0').length, 1, name);
    // The same export gives the same bytes.
    assert.equal(run(RECORDS, '--check').status, 0);
    assert.equal(
      run({ ...RECORDS, 'x.json': record('GHSA-cccc-cccc-cccc', 'up', '2026-11-27T00:00:00Z') }, '--check')
        .status,
      1,
    );
  });

  test('skips what Retire.js records about a dependency, which a lockfile lists by itself', () => {
    const ofRetire = (id: string, name: string, summary: string) => ({
      ...record(`RETIREJS-${id}`, name, '2026-11-26T00:00:00Z'),
      summary,
    });
    const depends =
      'Versions before 1.6.8 depends on follow-redirects before 1.15.6, which leaks credentials';
    const bump = "Bump the renderer's dependency of serialize-javascript to 2.1.2";
    const records = {
      'a.json': ofRetire('left-1', 'left', depends),
      'b.json': ofRetire('right-1', 'right', bump),
      'c.json': ofRetire('up-1', 'up', 'XSS depending on the options'),
      'd.json': { ...record('GHSA-aaaa-aaaa-aaaa', 'down', '2026-11-26T00:00:00Z'), summary: depends },
    };
    const { status, stderr } = run(records);
    assert.equal(status, 0, stderr);
    const opened = openIndex(readFileSync(output), 'bundled');
    assert.ok(!('problem' in opened));
    const affected = ['left', 'right', 'up', 'down'].filter(
      (name) => opened.index.affecting(name, '1.0.0').length > 0,
    );
    assert.deepEqual(affected, ['up', 'down']);
  });

  test('refuses an export without records, and two kinds of input', () => {
    assert.equal(run({ 'a.json': {} }).status, 2);
    assert.equal(run(RECORDS, '--as-of=2026-11-27').status, 2);
  });
});
