import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { claimOfRow } from '../../../../server/src/core/know/incident/bad-versions.ts';
import { readIncidentJson } from '../../../../server/src/core/know/incident/read-incident-json.ts';
import { readIncidentRows } from '../../../../server/src/core/know/incident/read-incident-rows.ts';

/** Returns the rows as `name@version||version`. */
function rowsOf(text: string): readonly string[] {
  return readIncidentRows(text).rows.map(({ name, versions }) => `${name}@${versions.join('||')}`);
}

describe('a list of bad versions', () => {
  test('is read in the forms of incident reports', () => {
    const text = [
      '# Compromised packages',
      'axios@1.14.1',
      '- @ctrl/tinycolor@4.1.1, 4.1.2',
      '* `chalk` 5.6.1',
      'debug: 4.4.2',
      '"keyv","6.0.0"',
      'cacheable = 2.5.1 || 2.5.2',
      'nx@>=20.9.0 <20.13.0',
      'evil@*',
      'pkg 1.0.0 1.0.1',
      '',
    ].join('\r\n');
    assert.deepEqual(rowsOf(text), [
      'axios@1.14.1',
      '@ctrl/tinycolor@4.1.1||4.1.2',
      'chalk@5.6.1',
      'debug@4.4.2',
      'keyv@6.0.0',
      'cacheable@2.5.1||2.5.2',
      'nx@>=20.9.0 <20.13.0',
      'evil@*',
      'pkg@1.0.0||1.0.1',
    ]);
    assert.deepEqual(readIncidentRows(text).unread, []);
  });

  test('is read as a table in Markdown, with text around it, and as package URLs', () => {
    const text = [
      '# Compromised packages',
      '',
      '| Package | Versions | Note |',
      '| --- | :-: | --- |',
      '| [`@ctrl/tinycolor`](https://registry.example.test/x) | 4.1.1, 4.1.2 | a worm |',
      '| chalk | `5.6.1` | |',
      '',
      '- pkg:npm/%40nx/devkit@20.9.0?type=module',
      'debug@4.4.2',
    ].join('\n');
    assert.deepEqual(rowsOf(text), [
      '@ctrl/tinycolor@4.1.1||4.1.2',
      'chalk@5.6.1',
      '@nx/devkit@20.9.0',
      'debug@4.4.2',
    ]);
    assert.deepEqual(readIncidentRows(`${text}\n\nAll of them are bad.\n`).unread, [11]);
    assert.deepEqual(rowsOf('| chalk | 5.6.1 |\n|---|---|\n| debug | 4.4.2 |'), [
      'chalk@5.6.1',
      'debug@4.4.2',
    ]);
  });

  test('is read as JSON', () => {
    const read = (value: unknown) => {
      const found = readIncidentJson(value);
      return (
        found && [
          ...found.rows.map(({ name, versions }) => `${name}@${versions.join('||')}`),
          ...found.unread,
        ]
      );
    };
    assert.deepEqual(read(['chalk@5.6.1', '@a/b@1.0.0', 'left-pad']), [
      'chalk@5.6.1',
      '@a/b@1.0.0',
      'item 3 is not a package with a version',
    ]);
    assert.deepEqual(read({ chalk: ['5.6.1', '5.6.2'], debug: '4.4.2', odd: 1 }), [
      'chalk@5.6.1||5.6.2',
      'debug@4.4.2',
      'odd is not a package with a version',
    ]);
    assert.deepEqual(
      read([{ name: 'chalk', version: '5.6.1' }, { package: 'debug', versions: ['4.4.2'] }, 7]),
      ['chalk@5.6.1', 'debug@4.4.2', 'item 3 is not a package with a version'],
    );
    for (const other of [
      { id: 'MAL-1', affected: [] },
      [{ id: 'MAL-1', affected: [] }],
      [],
      {},
      'a@1.0.0',
      null,
    ])
      assert.equal(read(other), undefined);
  });

  test('names the lines that say no version', () => {
    const { rows, unread } = readIncidentRows(
      'axios@1.14.1\nall versions of chalk\nleft-pad\ndebug@latest\n',
    );
    assert.deepEqual(
      rows.map(({ name }) => name),
      ['axios'],
    );
    assert.deepEqual(unread, [2, 3, 4]);
  });

  test('has times and ids if its table has such columns', () => {
    const table =
      'Package Name,Affected Versions,published_at,removed_at,id,ecosystem\n' +
      'axios,"1.14.1, 0.30.4",2026-03-31T00:21:00Z,2026-03-31T03:15:00Z,"MAL-2026-2307 GHSA-fw8c-xr5c-95f9",npm\n' +
      'requests,1.0.0,,,,PyPI\n';
    const { rows, unread } = readIncidentRows(table);
    assert.deepEqual(unread, []);
    assert.deepEqual(rows, [
      {
        name: 'axios',
        versions: ['1.14.1', '0.30.4'],
        ids: ['MAL-2026-2307', 'GHSA-fw8c-xr5c-95f9'],
        reported: undefined,
        published: '2026-03-31T00:21:00.000Z',
        removed: '2026-03-31T03:15:00.000Z',
      },
    ]);
  });

  test('does not take text without lines for versions, whatever its length', () => {
    const { rows, unread } = readIncidentRows(`${'a '.repeat(50_000)}\n${'"'.repeat(50_000)}`);
    assert.deepEqual(rows, []);
    assert.deepEqual(unread, [1, 2]);
  });
});

describe('a claim', () => {
  const claim = (...versions: readonly string[]) =>
    claimOfRow({
      name: 'a',
      versions,
      ids: [],
      reported: undefined,
      published: undefined,
      removed: undefined,
    });

  test('is about its versions and no other', () => {
    const own = claim('1.4.1', '1.4.44-liberty-2', '>=2.0.0 <2.1.0');
    for (const version of ['1.4.1', '1.4.44-liberty-2', '2.0.5', '1.4.1+build'])
      assert.equal(own.affects(version), 'yes', version);
    for (const version of ['1.4.10', '1.4.44', '2.1.0', '11.4.1'])
      assert.equal(own.affects(version), 'no', version);
    assert.equal(own.affects('file:..'), 'unknown');
    assert.equal(own.versions, undefined);
    assert.deepEqual(claim('v1.0.0', '=2.0.0').versions, ['1.0.0', '2.0.0']);
  });
});

const DATA = join(import.meta.dirname, '../../../../../shared/data');

describe('the lists of real incidents', { skip: !existsSync(DATA) }, () => {
  const textOf = (name: string) => readFileSync(join(DATA, name));

  test('load whole as TSV', () => {
    const { rows, unread } = readIncidentRows(textOf('compromised-incidents.tsv').toString());
    assert.deepEqual(unread, []);
    assert.ok(rows.length > 5_800, `${rows.length}`);
    assert.ok(rows.some(({ name, versions }) => name === 'chalk' && versions.includes('5.6.1')));
  });

  test('load whole as compressed TSV', () => {
    const { rows, unread } = readIncidentRows(gunzipSync(textOf('malicious-npm.tsv.gz')).toString());
    assert.deepEqual(unread, []);
    assert.ok(rows.length > 30_000, `${rows.length}`);
  });
});
