import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { narrowPackument } from '../../../server/src/core/registry/narrow-packument.ts';
import type { Packument } from '../../../server/src/core/registry/packument.ts';
import {
  packumentFromRecord,
  packumentToRecord,
} from '../../../server/src/core/registry/packument-record.ts';
import { samplePackument } from './sample-packument.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');

function narrow(json: unknown, name = 'left-pad'): Packument {
  const result = narrowPackument(json, { name, now: NOW });
  assert.ok('packument' in result, JSON.stringify(result));
  return result.packument;
}

describe('narrowing a packument', () => {
  test('keeps what is shown and judged', () => {
    const packument = narrow(samplePackument());
    assert.equal(packument.distTags.get('latest'), '1.2.0');
    assert.deepEqual([...packument.versions.keys()], ['1.0.0', '1.1.0', '1.2.0']);
    assert.deepEqual(
      packument.maintainers?.map(({ name }) => name),
      ['anna', 'bert'],
    );
    assert.equal(packument.repository, 'git+https://git.example.test/anna/left-pad.git');
    assert.equal(packument.times.get('1.1.0'), Date.parse('2024-05-06T10:00:00Z'));
    assert.equal(packument.created, Date.parse('2020-03-01T10:00:00Z'));
    const latest = packument.versions.get('1.2.0')!;
    assert.deepEqual([...latest.installScripts], [['postinstall', 'node install.js']]);
    assert.equal(latest.hasInstallScript, true);
    assert.equal(latest.publishedBy?.name, 'bert');
    assert.equal(latest.dependencyCount, 1);
    assert.equal(packument.versions.get('1.0.0')?.hasInstallScript, false);
  });

  test('deprecated is a text, true, or no deprecation', () => {
    const { versions } = narrow({
      name: 'left-pad',
      versions: {
        '1.0.0': { deprecated: 'old' },
        '1.1.0': { deprecated: true },
        '1.2.0': { deprecated: '' },
        '1.3.0': { deprecated: false },
        '1.4.0': {},
      },
    });
    assert.deepEqual(
      [...versions.values()].map(({ deprecated }) => deprecated),
      ['old', 'no reason given', undefined, undefined, undefined],
    );
  });

  test('a partial mirror gives unknowns and no false answers', () => {
    const packument = narrow({ name: 'left-pad', versions: { '1.0.0': {} }, maintainers: [] });
    assert.equal(packument.maintainers, undefined);
    assert.equal(packument.created, undefined);
    assert.equal(packument.times.size, 0);
    const version = packument.versions.get('1.0.0')!;
    assert.equal(version.publishedBy, undefined);
    assert.equal(version.hasInstallScript, undefined);
  });

  test('times of the future and in other forms are not believed', () => {
    const { times } = narrow({
      name: 'left-pad',
      time: {
        '1.0.0': '2027-01-01T00:00:00Z',
        '1.1.0': '2026-11-24T12:20:00Z',
        '1.2.0': 'yesterday',
        '1.3.0': 1700000000000,
        '1.4.0': '2026-02-30T99:00:00Z',
        unpublished: { time: '2020-01-01T00:00:00Z', versions: ['1.0.0'] },
      },
    });
    assert.deepEqual([...times.keys()], ['1.1.0']);
  });

  test('names of the language are names like others', () => {
    const text =
      '{"name":"left-pad","versions":{"__proto__":{"license":"MIT"},"constructor":{"license":"ISC"}},' +
      '"dist-tags":{"__proto__":"1.0.0"},"time":{"__proto__":"2020-01-01T00:00:00Z"},"__proto__":{"description":"x"}}';
    const packument = narrow(JSON.parse(text));
    assert.deepEqual([...packument.versions.keys()], ['__proto__', 'constructor']);
    assert.equal(packument.versions.get('__proto__')?.license, 'MIT');
    assert.equal(packument.distTags.get('__proto__'), '1.0.0');
    assert.equal(packument.times.size, 1);
    assert.equal(packument.description, undefined);
    assert.equal(({} as { license?: unknown }).license, undefined);
  });

  test('members of a wrong type or an absurd length count as not provided', () => {
    const packument = narrow({
      name: 'left-pad',
      description: 'x'.repeat(100_000),
      license: { type: 'BSD' },
      'dist-tags': [1],
      versions: { '1.0.0': null, [`1.0.0-${'x'.repeat(500)}`]: {}, '1.1.0': { _npmUser: 'anna', dist: 3 } },
      maintainers: ['anna <a@example.test>', null, { name: 7 }, { name: 'bert' }],
      homepage: `https://${'x'.repeat(5000)}`,
      time: 'now',
    });
    assert.equal(packument.description?.length, 2000);
    assert.equal(packument.license, 'BSD');
    assert.deepEqual([...packument.versions.keys()], ['1.1.0']);
    assert.deepEqual(packument.maintainers, [{ name: 'bert' }]);
    assert.equal(packument.homepage, undefined);
  });

  test('another document than the one that was asked for is a problem', () => {
    const problem = (json: unknown) => narrowPackument(json, { name: 'left-pad', now: NOW });
    const none = { problem: 'the registry answered with something that is no package document' };
    for (const json of [undefined, null, 'x', [], {}, { name: 3 }]) assert.deepEqual(problem(json), none);
    assert.deepEqual(problem(samplePackument('right-pad')), {
      problem: 'the registry answered with the document of another package',
    });
    const many = Object.fromEntries(Array.from({ length: 25_001 }, (_, at) => [`1.0.${at}`, {}]));
    assert.deepEqual(problem({ name: 'left-pad', versions: many }), {
      problem: 'the registry lists too many versions to read',
    });
  });

  test('a record for the cache gives the same packument again', () => {
    for (const json of [samplePackument(), { name: 'left-pad' }]) {
      const packument = narrow(json);
      assert.deepEqual(
        packumentFromRecord(JSON.parse(JSON.stringify(packumentToRecord(packument)))),
        packument,
      );
    }
    for (const broken of [undefined, {}, { shape: 1 }, { shape: 2, name: 'left-pad' }]) {
      assert.equal(packumentFromRecord(broken), undefined);
    }
    const half = packumentFromRecord({
      shape: 1,
      name: 'left-pad',
      versions: [['1.0.0', 7], null],
      tags: [['x']],
    });
    assert.deepEqual([...(half?.versions.keys() ?? [])], ['1.0.0']);
  });
});
