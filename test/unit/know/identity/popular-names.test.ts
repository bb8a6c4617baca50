import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import {
  parsePopularNames,
  popularNamesIn,
} from '../../../../server/src/core/know/identity/popular-names.ts';

const dataFile = new URL('../../../../server/data/popular-names.txt', import.meta.url);

describe('popular names', () => {
  test('each name has its rank and the downloads of its line', () => {
    const popular = parsePopularNames('# a comment\n5000 react lodash\n40 @babel/core\n0 atob\n');
    assert.equal(popular.size, 4);
    assert.deepEqual(popular.names, ['react', 'lodash', '@babel/core', 'atob']);
    assert.equal(popular.rank('@babel/core'), 2);
    assert.equal(popular.downloads('lodash'), 5000);
    assert.equal(popular.downloads('@babel/core'), 40);
    assert.equal(popular.downloads('atob'), undefined, 'an unknown figure is no figure');
    assert.equal(popular.has('preact'), false);
    assert.equal(popular.rank('preact'), undefined);
    assert.equal(popular.downloads('preact'), undefined);
  });

  test('a name after a slash is in the scope of the one before it', () => {
    const popular = parsePopularNames('9 react @babel/core /parser /types\n8 @types/node /react lodash\n');
    assert.deepEqual(
      popular.names,
      'react @babel/core @babel/parser @babel/types @types/node @types/react lodash'.split(' '),
    );
    assert.equal(popular.rank('@types/react'), 5);
    assert.equal(popular.downloads('@babel/types'), 9);
  });

  test('knows how many names have a figure', () => {
    assert.equal(parsePopularNames('9 react vue\n8 lodash\n0 atob\n').counted, 3);
    assert.equal(parsePopularNames('0 atob\n').counted, 0);
  });

  test('words of the language are no popular names', () => {
    const popular = parsePopularNames('1 react\n');
    for (const name of ['__proto__', 'constructor', 'toString', '']) {
      assert.equal(popular.has(name), false);
      assert.equal(popular.downloads(name), undefined);
    }
  });

  test('a damaged file gives what can be read', () => {
    assert.equal(parsePopularNames('').size, 0);
    assert.equal(parsePopularNames('no-number').size, 0);
    const popular = parsePopularNames('12  react  \r\n# end\nx vue');
    assert.deepEqual(popular.names, ['react', 'vue']);
    assert.equal(popular.downloads('react'), 12);
    assert.equal(popular.downloads('vue'), undefined);
  });

  test('the same text is parsed once', () => {
    const first = popularNamesIn('2 react vue');
    assert.equal(popularNamesIn('2 react vue'), first);
    assert.deepEqual(popularNamesIn('1 lodash').names, ['lodash']);
  });

  test('the data file says how many names it has, and has them in order of downloads', () => {
    const text = readFileSync(dataFile, 'utf8');
    const popular = parsePopularNames(text);
    assert.equal(popular.size, Number(/ (\d+) names,/.exec(text)?.[1]));
    assert.ok(popular.size > 20_000);
    const figures = popular.names.map((name) => popular.downloads(name) ?? 0);
    assert.deepEqual(
      figures,
      figures.toSorted((a, b) => b - a),
    );
    assert.ok((popular.downloads('lodash') ?? 0) > 100_000_000);
    assert.equal(new Set(popular.names).size, popular.size);
  });
});
