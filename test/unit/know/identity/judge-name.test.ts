import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { judgeName } from '../../../../server/src/core/know/identity/confusable-with.ts';
import { parsePopularNames } from '../../../../server/src/core/know/identity/popular-names.ts';
import { isPossibleName } from '../../../../server/src/core/know/identity/possible-name.ts';
import { cpuTime } from '../../../cpu-time.ts';

const popular = parsePopularNames(
  readFileSync(new URL('../../../../server/data/popular-names.txt', import.meta.url), 'utf8'),
);

describe('judging a name against the popular names', () => {
  for (const [target, names] of Object.entries({
    lodash: ['lodahs', 'lodash-', 'lodashjs'],
    react: ['react-js', 'reactt', 'reacct'],
    express: ['expres', 'expresss', 'express-js', 'experss'],
    moment: ['momentt', 'moment-js', 'momnet'],
    axios: ['axois'],
    request: ['reqeust'],
    mongoose: ['mongose'],
    'cross-env': ['crossenv'],
    viem: ['veim'],
  })) {
    test(`${names.join(', ')}: ${target}`, () => {
      for (const name of names) {
        const verdict = judgeName(name, popular);
        assert.equal(verdict?.target, target, name);
        assert.equal(verdict?.strength, 'strong', name);
      }
    });
  }

  test('popular names are silent, every one of them', () => {
    const judged = popular.names.filter((name) => judgeName(name, popular) !== undefined);
    assert.deepEqual(judged, []);
    for (const name of ['react', 'preact', 'vue', 'vuex', 'lodash-es']) assert.ok(popular.has(name), name);
  });

  test('names that the configuration allows or the workspace defines are silent', () => {
    assert.notEqual(judgeName('lodahs', popular), undefined);
    assert.equal(judgeName('lodahs', popular, { allowNames: new Set(['lodahs']) }), undefined);
    assert.equal(judgeName('lodahs', popular, { ownNames: new Set(['lodahs']) }), undefined);
  });

  test('names of one or two characters are silent, with and without a scope', () => {
    for (const name of ['q', 'ws', 'zz', 'm5', '@a/b', '@bable/c5']) {
      if (!popular.has(name)) assert.equal(judgeName(name, popular), undefined, name);
    }
  });

  test('a name of capitals, which cannot be published any more, is a hint at most', () => {
    const verdict = judgeName('Lodahs', popular);
    assert.equal(verdict?.target, 'lodash');
    assert.equal(verdict?.strength, 'weak');
  });

  test('the same name always gets the same verdict, however often the list is read', () => {
    const names = 'lodahs lodashjs suport-color react2 parser-body @bable/core'.split(' ');
    const again = parsePopularNames(`10 ${popular.names.join(' ')}`);
    for (const name of names) {
      assert.notEqual(judgeName(name, popular), undefined, name);
      assert.deepEqual(judgeName(name, popular), judgeName(name, popular));
      assert.equal(judgeName(name, again)?.target, judgeName(name, popular)?.target, name);
    }
  });

  test('strange names neither throw nor take long', () => {
    const strange = [
      '',
      ' ',
      '@',
      '@/',
      '@scope',
      '@scope/',
      '@//',
      '/',
      '-',
      '---.___',
      '__proto__',
      'constructor',
      'hasOwnProperty',
      '@__proto__/constructor',
      'lodаsh',
      '\u202elodash',
      '👩‍👩‍👧‍👦',
      '\ud800',
      '1111111111',
      'x'.repeat(214),
      'ab'.repeat(107),
      'js'.repeat(107),
      '-'.repeat(214),
      'a-'.repeat(107),
      'x'.repeat(1_000_000),
      `lodash${'js'.repeat(100)}`,
      `@${'s'.repeat(200)}/core`,
    ];
    judgeName('warm-it-up', popular);
    const start = cpuTime();
    for (const name of strange) judgeName(name, popular);
    const elapsed = cpuTime() - start;
    assert.ok(elapsed < 500, `${elapsed} ms for ${strange.length} names`);
  });

  test('random names never throw, and no verdict names the name itself', () => {
    let seed = 1;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const alphabet = Array.from('abcdefghijklmnorstuv015-._@/ éао\u200b\ud83d😀Z');
    for (let i = 0; i < 3_000; i++) {
      const base = i % 2 === 0 ? popular.names[random(popular.size)]! : '';
      let name = base;
      for (let edits = random(base === '' ? 30 : 4); edits > 0; edits--) {
        const at = random(name.length + 1);
        name = name.slice(0, at) + alphabet[random(alphabet.length)]! + name.slice(at + random(2));
      }
      const verdict = judgeName(name, popular);
      assert.notEqual(verdict?.target, name);
      if (verdict !== undefined) assert.ok(isKnown(verdict.target), name);
    }
  });

  test('random names of all of Unicode never throw', () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    for (let i = 0; i < 5_000; i++) {
      const base = i % 3 === 0 ? popular.names[random(popular.size)]! : '';
      const codes = Array.from({ length: 1 + random(40) }, () => random(i % 2 === 0 ? 0x10000 : 0x110000));
      const at = random(base.length + 1);
      const name = base.slice(0, at) + String.fromCodePoint(...codes) + base.slice(at);
      const verdict = judgeName(name, popular);
      assert.notEqual(verdict?.target, name);
      if (verdict !== undefined) assert.ok(isKnown(verdict.target), JSON.stringify(name));
      isPossibleName(name);
    }
  });
});

/** Checks for a popular name, or a scope with popular names. */
function isKnown(target: string): boolean {
  const scope = /^@[^/]+\//.exec(target)?.[0];
  return popular.has(target) || (scope !== undefined && popular.names.some((name) => name.startsWith(scope)));
}

describe('what could be a name at all', () => {
  for (const name of [
    'lodash',
    '@babel/core',
    'JSONStream',
    '--legacy-peer-deps',
    '.lodash',
    'lodаsh',
    'lod\u200bash',
  ]) {
    test(`${JSON.stringify(name)} could`, () => assert.ok(isPossibleName(name)));
  }
  for (const name of [
    '',
    ' ',
    '-',
    '..',
    '../x',
    'a b',
    'a/b',
    '@a',
    '@/b',
    'https://a.example.test',
    'a@1',
    '👩‍👩',
    'x'.repeat(215),
  ]) {
    test(`${JSON.stringify(name.slice(0, 30))} could not`, () => assert.ok(!isPossibleName(name)));
  }
});
