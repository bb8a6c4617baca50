import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readRecord, recordText } from '../../../../server/src/core/show/watch/read-record.ts';
import { advisory, dependency, record, version } from './sample-records.ts';

const FULL = record(
  dependency('@acme/ui', { newest: null, publisher: null, versions: [] }),
  dependency('left-pad', {
    versions: [
      version('1.2.0', {
        advisories: [advisory('GHSA-1', { ids: ['GHSA-1', 'CVE-2026-1'], severity: null, about: null })],
        deprecated: 'old',
      }),
      version('2.0.0-beta.1', { deprecated: null, toldBy: [] }),
    ],
    newest: { version: '2.0.0', waitsUntil: 5 },
  }),
);

describe('a stored record', () => {
  test('is read as it was written', () => {
    assert.deepEqual(readRecord(recordText(FULL)), FULL);
    assert.deepEqual(readRecord(recordText(record())), record());
  });

  test('is none where it is broken, of another form, or of another shape anywhere', () => {
    const text = recordText(FULL);
    assert.equal(readRecord(''), undefined);
    assert.equal(readRecord('null'), undefined);
    assert.equal(readRecord(text.slice(0, -1)), undefined);
    const changes: readonly (readonly [string, string])[] = [
      ['"form":2', '"form":3'],
      ['"takenAt":', '"takenAt":-'],
      ['"dependencies":[', '"dependencies":[7,'],
      ['"name":"left-pad"', '"name":7'],
      ['"name":"left-pad"', `"name":"${'a'.repeat(1000)}"`],
      ['"version":"1.2.0"', '"version":"1.2"'],
      ['"version":"2.0.0"', '"version":"latest"'],
      ['"waitsUntil":5', '"waitsUntil":"5"'],
      ['"newest":null', '"newest":false'],
      ['"publisher":null', '"publisher":{}'],
      ['"isUnlikeBefore":false', '"isUnlikeBefore":"no"'],
      ['"deprecated":"old"', '"deprecated":true'],
      [',"deprecated":null', ''],
      ['"toldBy":["bundled"', '"toldBy":["nobody"'],
      ['"ids":["GHSA-1","CVE-2026-1"]', '"ids":[]'],
      ['"source":"registry"', '"source":"rumour"'],
      ['"severity":null', '"severity":"bad"'],
      ['"isMalware":false', '"isMalware":0'],
      ['"isDoubtful":false', '"isDoubtful":0'],
      ['"isAccepted":false', '"isAccepted":null'],
      ['"versions":[]', '"versions":{}'],
      ['"versions":[]', '"__proto__":[]'],
    ];
    for (const [from, to] of changes) {
      const changed = text.replace(from, to);
      assert.notEqual(changed, text, from);

      assert.equal(readRecord(changed), undefined, `${from} → ${to}`);
    }
  });

  test('with more in it than anybody has is none', () => {
    const ids = Array.from({ length: 51 }, (_, at) => `GHSA-${at}`);
    const many = dependency('a', { versions: [version('1.0.0', { advisories: [advisory('x', { ids })] })] });
    const text = recordText(record(dependency('b')));
    const written = text.replace('"dependencies":[', `"dependencies":[${JSON.stringify(many)},`);
    assert.equal(readRecord(written), undefined);
    // It is not written either, as that would lose the others.
    assert.equal(recordText(record(many, dependency('b'))), text);
  });
});
