import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { narrowPackument } from '../../../../server/src/core/know/registry/documents/narrow-packument.ts';
import type { Packument } from '../../../../server/src/core/know/registry/documents/packument.ts';
import {
  packumentFromRecord,
  packumentToRecord,
} from '../../../../server/src/core/know/registry/documents/packument-record.ts';
import { largePackument } from '../../../../server/tools/bench/large-packument.ts';
import { plainPackument } from './plain-version.ts';
import { samplePackument } from './sample-packument.ts';

const REGISTRY = 'https://registry.public.example.test/';
const NOW = Date.parse('2046-11-24T12:00:00Z');

function narrow(json: Readonly<Record<string, unknown>>): Packument {
  const result = narrowPackument(json, {
    name: String(json.name),
    now: NOW,
  });
  assert.ok('packument' in result, JSON.stringify(result));
  return result.packument;
}

function throughText(packument: Packument): Packument | undefined {
  const found = packumentFromRecord(JSON.parse(JSON.stringify(packumentToRecord(packument))));
  return found && plainPackument(found);
}

function neverProvided(values: readonly object[]): readonly string[] {
  const isProvided = (key: string) =>
    values.some((value) => Object.entries(value).some(([name, of]) => name === key && of !== undefined));
  return Object.keys(values[0] ?? {}).filter((key) => !isProvided(key));
}

describe("a packument's record for the cache", () => {
  test('gives the same packument again', () => {
    const removed = { time: { '0.1.0': '2019-01-01T00:00:00Z', '1.0.0': '2020-01-01T00:00:00Z' } };
    const unpublished = { time: { unpublished: { time: '2024-01-01T00:00:00Z', versions: ['1.0.0'] } } };
    const fromService = {
      _npmUser: {
        name: 'GitHub Actions',
        trustedPublisher: { id: 'github', oidcConfigId: 'oidc:1' },
        approver: { name: 'anna' },
      },
      dist: {
        attestations: {
          url: `${REGISTRY}-/npm/v1/attestations/left-pad@1.0.0`,
          provenance: { predicateType: 'https://slsa.dev/provenance/v1' },
        },
      },
    };
    const documents = [
      samplePackument(),
      { name: 'left-pad' },
      { ...samplePackument(), ...removed },
      { name: 'left-pad', ...unpublished },
      {
        name: 'left-pad',
        modified: '2024-01-01T00:00:00Z',
        versions: { '1.0.0': {}, '': {}, '1': { dist: {} } },
      },
      { name: 'left-pad', versions: { '1.0.0': fromService } },
      largePackument({ versions: 300 }),
    ];
    const packuments = documents.map(narrow);
    for (const packument of packuments) assert.deepEqual(throughText(packument), packument);
    // A member that no document has would be lost unseen.
    assert.deepEqual(neverProvided(packuments), []);
    assert.deepEqual(neverProvided(packuments.flatMap(({ versions }) => [...versions.values()])), []);
  });

  test('of texts that mention the version, and of names of the language', () => {
    const text = `{"name":"x","versions":{
      "1.0.0":{"dependencies":{"a":"1.0.0","__proto__":"^1.0.0","b":"$&1.0.01.0.0","c":""}},
      "$&":{"dependencies":{"a":"$&","constructor":"x\\u0000y"}},
      "1.0.01":{"dependencies":{"a":"1.0.01"}},"__proto__":{"license":"MIT"}}}`;
    const packument = narrow(JSON.parse(text));
    assert.deepEqual(
      [...packument.versions.get('1.0.0')!.dependencies],
      [
        ['a', '1.0.0'],
        ['__proto__', '^1.0.0'],
        ['b', '$&1.0.01.0.0'],
        ['c', ''],
      ],
    );
    assert.deepEqual(throughText(packument), packument);
  });

  test('of 3,000 versions is below 64 kB when it is packed', () => {
    const packument = narrow(largePackument());
    assert.equal(packument.versions.size, 3_000);
    const text = JSON.stringify(packumentToRecord(packument));
    const packed = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
    assert.ok(packed.length < 64_000, `${packed.length} bytes`);
    assert.deepEqual(throughText(packument), packument);
  });

  test('keeps the proof of the newest versions, of tagged ones, and of those asked for', () => {
    const document = largePackument({ versions: 300 });
    const numbers = Object.keys(document.versions);
    const packument = narrow({ ...document, 'dist-tags': { latest: numbers.at(-1), old: numbers[5] } });
    const proven = ({ versions }: Packument) =>
      [...versions.values()].filter(({ proof }) => proof !== undefined).map(({ version }) => version);
    assert.deepEqual(proven(packument), [numbers[5], ...numbers.slice(-24)]);
    const { proof } = packument.versions.get(numbers[5]!)!;
    assert.ok(proof?.integrity !== undefined && proof.signatures?.length === 1);
    const keep = new Set([numbers[7]!, '0.0.0']);
    const asked = narrowPackument(document, { name: '@acme/large', now: NOW, keep });
    assert.ok('packument' in asked);
    assert.deepEqual(proven(asked.packument).slice(0, 1), [numbers[7]]);
  });

  test('anything else is none', () => {
    const { shape } = packumentToRecord(narrow(samplePackument()));
    for (const broken of [undefined, {}, { shape }, { shape: 1, name: 'left-pad' }]) {
      assert.equal(packumentFromRecord(broken), undefined);
    }
    const half = packumentFromRecord({
      shape,
      name: 'left-pad',
      versions: ['1.0.0', 3, '1.1.0'],
      traits: [7, 0, 0],
      shared: [
        [1, 'x', 0, {}, -5, [1], null, 'maybe', 3, 4, 'x'],
        [1, 2, 'a', 'b', 'c'],
      ],
      times: ['x'],
      proofs: [[0, 'x', 2], '[1'],
      tags: [['x']],
    });
    assert.deepEqual([...(half?.versions.keys() ?? [])], ['1.0.0', '1.1.0']);
    assert.deepEqual([...half!.versions.get('1.1.0')!.dependencies], [['a', 'b']]);
    assert.equal(half!.versions.get('1.1.0')!.hasInstallScript, undefined);
  });
});
