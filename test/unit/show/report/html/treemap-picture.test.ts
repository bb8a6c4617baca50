import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type Tile,
  treemapPicture,
} from '../../../../../server/src/core/show/report/html/treemap-picture.ts';

const tile = (name: string, size: number, look = 'clear'): Tile => ({
  ...{ name, size, look, facts: `${size} packages`, shorter: [`${size} packages`, `${size}`] },
});

/** Returns the areas of the tiles by their titles, as fractions of their sum. */
function areasOf(picture: string): ReadonlyMap<string, number> {
  const tiles = Array.from(
    picture.matchAll(
      /<title>([^:]*):[^<]*<\/title><rect x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="([\d.]+)"/g,
    ),
    ([, name, width, height]) => [name!, Number(width) * Number(height)] as const,
  );
  const sum = tiles.reduce((all, [, area]) => all + area, 0);
  return new Map(tiles.map(([name, area]) => [name, area / sum]));
}

describe('treemapPicture', () => {
  test('gives each tile its share of the area', () => {
    const { markup } = treemapPicture(
      [{ name: 'shop', tiles: [tile('a', 60), tile('b', 30), tile('c', 10)] }],
      'x',
    );
    const areas = areasOf(markup);
    for (const [name, share] of [
      ['a', 0.6],
      ['b', 0.3],
      ['c', 0.1],
    ] as const)
      assert.ok(Math.abs(areas.get(name)! - share) < 0.02, `${name}: ${areas.get(name)}`);
    assert.doesNotMatch(markup, /class="heading"/);
  });

  test('names several projects, and shortens labels to their tiles', () => {
    const many = Array.from({ length: 60 }, (_, at) => tile(`a-package-with-a-long-name-${at}`, 10));
    const { markup } = treemapPicture(
      [
        { name: 'shop', tiles: many },
        { name: 'tools', tiles: [tile('z', 300)] },
      ],
      'x',
    );
    assert.deepEqual(
      Array.from(markup.matchAll(/<text class="heading"[^>]*>([^<]*)</g), ([, name]) => name).sort(),
      ['shop', 'tools'],
    );
    assert.match(markup, /<text x="[^>]*>a-pa[\w-]*…<\/text>/);
    assert.match(markup, /<title>a-package-with-a-long-name-59: 10 packages<\/title>/);
  });

  test('tells errors and warnings apart by patterns', () => {
    const tiles = [tile('a', 1, 'error'), tile('b', 1, 'warning'), tile('c', 1)];
    const { markup } = treemapPicture([{ name: 'shop', tiles }], 'x');
    assert.match(markup, /<g class="error">.*?fill="url\(#hatch\)"/);
    assert.match(markup, /<g class="warning">.*?fill="url\(#dots\)"/);
    assert.equal(markup.match(/class="pattern"/g)?.length, 2);
  });
});
