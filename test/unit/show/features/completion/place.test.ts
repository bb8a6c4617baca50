import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { jsonPlace } from '../../../../../server/src/core/show/features/completion/json-place.ts';
import { yamlPlace } from '../../../../../server/src/core/show/features/completion/yaml-place.ts';

/** Returns the place at the `|` of a text, "value of name: typed" or "name: typed", and the replaced token. */
function placeAt(marked: string, find: typeof jsonPlace): string | undefined {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const place = find(text, offset);
  if (place === undefined) return undefined;
  const what = place.type === 'value' ? `value of ${place.name}` : place.hasValue ? 'key' : 'name';
  return `${what} <${place.typed}> for ${text.slice(place.token.start, place.token.end)}`;
}

describe('places in a package.json', () => {
  const cases: Readonly<Record<string, string | undefined>> = {
    '{ "dependencies": { "a": "|" } }': 'value of a <> for ""',
    '{ "dependencies": { "a": "^1.|0" } }': 'value of a <^1.> for "^1.0"',
    '{ "dependencies": { "a": | } }': 'value of a <> for ',
    '{ "dependencies": { "a": "^1|\n  "b": "2" } }': 'value of a <^1> for "^1',
    '{ "dependencies": { "a": "^1|': 'value of a <^1> for "^1',
    '{ "dependencies": { "|" } }': 'name <> for ""',
    '{ "dependencies": { "lod|" } }': 'name <lod> for "lod"',
    '{ "dependencies": { "lod|\n } }': 'name <lod> for "lod',
    '{ "dependencies": { lod| } }': 'name <lod> for lod',
    '{ "dependencies": { | } }': 'name <> for ',
    '{ "dependencies": { "a": "1", "@types/|" } }': 'name <@types/> for "@types/"',
    '{ "dependencies": { "lod|": "1" } }': 'key <lod> for "lod"',
    '{ "devDependencies": { "a": "|" } }': 'value of a <> for ""',
    '{ "catalog": { "a": "|" } }': 'value of a <> for ""',
    '{ "workspaces": { "catalogs": { "old": { "a": "|" } } } }': 'value of a <> for ""',
    '{ "dependencies": { "a": "1"| } }': undefined,
    '{ "dependencies": { "a": "1", // "b|" \n } }': undefined,
    '{ "dependencies": { "a": { "b|": 1 } } }': undefined,
    '{ "scripts": { "a": "|" } }': undefined,
    '{ "name": "|" }': undefined,
    '"|"': undefined,
    '|': undefined,
  };
  for (const [text, expected] of Object.entries(cases)) {
    test(text, () => assert.equal(placeAt(text, jsonPlace), expected));
  }

  test('a new member gets the comma that the next one needs', () => {
    const text = '{ "dependencies": {\n  "lod"\n  "b": "2" } }';
    const place = jsonPlace(text, text.indexOf('lod') + 3);
    assert.ok(place?.type === 'name');
    assert.deepEqual(place.writeMember('lodash', undefined), { before: '"lodash": "', after: '",' });
    assert.deepEqual(place.writeMember('ui', 'workspace:*'), { before: '"ui": "workspace:*",', after: '' });
  });
});

describe('places in YAML', () => {
  const cases: Readonly<Record<string, string | undefined>> = {
    'catalog:\n  a: |': 'value of a <> for ',
    'catalog:\n  a: ^1.|0 # why\n': 'value of a <^1.> for ^1.0',
    "catalog:\n  a: '|'\n": "value of a <> for ''",
    'catalog:\n  "@s/a": "^1|"\n': 'value of @s/a <^1> for "^1"',
    'catalog:\n  lod|\n': 'name <lod> for lod',
    'catalog:\n  |\n': 'name <> for ',
    "catalog:\n  '@types/|'\n  b: 1\n": "name <@types/> for '@types/'",
    'catalog:\n  lod|: 1.0.0\n': 'key <lod> for lod',
    'catalogs:\n  old:\n    a: |\n': 'value of a <> for ',
    'packages:\n  - a\ncatalog:\n  # text\n\n  b: 1.0.0\n  a: |\n': 'value of a <> for ',
    'catalog:\r\n  a: ^1|\r\n': 'value of a <^1> for ^1',
    'catalogs:\n  old|:\n': undefined,
    'overrides:\n  a: |\n': undefined,
    'catalog:\n  a: 1.0.0 # see |': undefined,
    'catalog:|': undefined,
    'a:\n  catalog:\n    b: |': undefined,
  };
  for (const [text, expected] of Object.entries(cases)) {
    test(JSON.stringify(text), () => assert.equal(placeAt(text, yamlPlace), expected));
  }

  test('what YAML would take for something else is quoted', () => {
    const text = 'catalog:\n  a: ';
    const place = yamlPlace(text, text.length);
    assert.ok(place?.type === 'value');
    for (const plain of ['^1.0.0', '~1.2.0', '1.2.3', 'latest', 'npm:a@^1.0.0', '1.0.0-rc.1']) {
      assert.equal(place.write(plain), plain);
    }
    for (const quoted of ['>=1.0.0', '*', '1.2', '1', '@s/a', '=1.0.0', '']) {
      assert.equal(place.write(quoted), `'${quoted}'`);
    }
  });
});
