import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { judgeName } from '../../../../server/src/core/know/identity/confusable-with.ts';
import {
  type PopularNames,
  parsePopularNames,
} from '../../../../server/src/core/know/identity/popular-names.ts';
import type { Mechanism } from '../../../../server/src/core/know/identity/verdict.ts';

/** A separate list, so that an update of the data file does not change the meaning of a test. */
const few = list(
  'lodash react express moment request commander supports-color cross-env uglify-js body-parser axios css ms',
  'prettier @babel/core @babel/types @babel/parser @types/node @azure/core-tracing @azure/identity @azure/storage',
  'json-parse path-parse merge-path is-url node-gyp viem npm discord.js body-wrappers api-wrapper lodash-es support',
  '@acme/warp-core @acme/warp-drive @acme/warp-field @acme/warp-coil @acme/hull-plate @acme/hull-paint @acme/hull-door',
);

type Expected = [name: string, target: string, mechanism: Mechanism, confidence: 'high' | 'medium' | 'low'];

function list(...lines: string[]): PopularNames {
  return parsePopularNames(lines.map((line, i) => `${1000 - i} ${line}`).join('\n'));
}

/** Returns the same list as `few`, but after thousands of other names. */
function unpopular(names: string): PopularNames {
  const before = Array.from({ length: 12_000 }, (_, i) => `${'zqxj'[i % 4]}${i.toString(3)}zz`);
  return list(before.join(' '), names);
}

function check(title: string, hits: readonly Expected[], misses: readonly string[]): void {
  describe(title, () => {
    for (const [name, target, mechanism, confidence] of hits) {
      test(`${name}: ${target}, ${confidence}`, () => {
        const verdict = judgeName(name, few);
        assert.deepEqual(
          { target: verdict?.target, mechanism: verdict?.mechanism, confidence: verdict?.confidence },
          { target, mechanism, confidence },
        );
        assert.equal(verdict?.strength, confidence === 'low' ? 'weak' : 'strong');
      });
    }
    for (const name of misses) {
      test(`${name}: nothing`, () => assert.equal(judgeName(name, few), undefined));
    }
  });
}

check(
  'swapped characters',
  [
    ['lodahs', 'lodash', 'swapped-characters', 'high'],
    ['veim', 'viem', 'swapped-characters', 'high'],
    ['supports-colro', 'supports-color', 'swapped-characters', 'high'],
    ['rceat', 'react', 'swapped-characters', 'medium'],
    ['uglyfi-js', 'uglify-js', 'swapped-characters', 'medium'],
    ['uglyfi.js', 'uglify-js', 'swapped-characters', 'low'],
    ['scs', 'css', 'swapped-characters', 'low'],
  ],
  ['shadol', 'sms', 'body-espar'],
);
check(
  'repeated characters',
  [
    ['reactt', 'react', 'repeated-character', 'high'],
    ['rreact', 'react', 'repeated-character', 'high'],
    ['expres', 'express', 'repeated-character', 'high'],
    ['comander', 'commander', 'repeated-character', 'high'],
    ['csss', 'css', 'repeated-character', 'low'],
  ],
  ['reacttt'],
);
check(
  'delimiters',
  [
    ['crossenv', 'cross-env', 'delimiter', 'medium'],
    ['lodash-', 'lodash', 'delimiter', 'high'],
    ['.lodash', 'lodash', 'delimiter', 'high'],
    ['lo-dash', 'lodash', 'delimiter', 'medium'],
    ['bod-yparser', 'body-parser', 'delimiter', 'medium'],
    ['cross_env', 'cross-env', 'delimiter', 'low'],
    ['uglify.js', 'uglify-js', 'delimiter', 'low'],
  ],
  ['cross-browser-env', 'body'],
);
check(
  'options of the command line',
  [
    ['--legacy-peer-deps', 'npm', 'command-flag', 'high'],
    ['--global', 'npm', 'command-flag', 'high'],
    ['-save-dev', 'npm', 'command-flag', 'high'],
    ['save-dev', 'npm', 'command-flag', 'low'],
    ['lodash--save', 'lodash', 'command-flag', 'high'],
    ['express--save-dev', 'express', 'command-flag', 'high'],
  ],
  ['global', '--legacy-deps-of-mine', 'nobody--save', 'save-the-date'],
);
check(
  'word order',
  [
    ['parser-body', 'body-parser', 'word-order', 'low'],
    ['color_supports', 'supports-color', 'word-order', 'low'],
  ],
  ['parser-html-body', 'core-acme-warp'],
);
check(
  'look-alike characters',
  [
    ['1odash', 'lodash', 'look-alike-characters', 'high'],
    ['mornent', 'moment', 'look-alike-characters', 'high'],
    ['uq1ify-js', 'uglify-js', 'look-alike-characters', 'high'],
    ['lodаsh', 'lodash', 'look-alike-characters', 'high'],
    ['ｌｏｄａｓｈ', 'lodash', 'look-alike-characters', 'high'],
    ['lod\u200bash', 'lodash', 'look-alike-characters', 'high'],
    ['@bаbel/core', '@babel/core', 'look-alike-characters', 'high'],
    ['is-uri', 'is-url', 'look-alike-characters', 'low'],
  ],
  ['яндекс', 'm5', 'l1s'],
);
check(
  'a character omitted',
  [
    ['requst', 'request', 'omitted-character', 'medium'],
    ['body-prser', 'body-parser', 'omitted-character', 'medium'],
    ['reac', 'react', 'omitted-character', 'low'],
    ['equest', 'request', 'omitted-character', 'low'],
  ],
  ['rest', 'body', 'path'],
);
check(
  'a character added',
  [
    ['momkent', 'moment', 'added-character', 'medium'],
    ['body-parkser', 'body-parser', 'added-character', 'medium'],
    ['requests', 'request', 'added-character', 'low'],
    ['bodys-parser', 'body-parser', 'added-character', 'low'],
    ['prettierx', 'prettier', 'added-character', 'low'],
    ['brequest', 'request', 'added-character', 'low'],
  ],
  ['mommyment', 'reacta', 'xaxios'],
);
check(
  'a character replaced',
  [
    ['comnander', 'commander', 'neighbouring-key', 'medium'],
    ['prettyer', 'prettier', 'homophone', 'medium'],
    ['comwander', 'commander', 'replaced-character', 'medium'],
    ['body-parqer', 'body-parser', 'replaced-character', 'medium'],
    ['node-gip', 'node-gyp', 'homophone', 'medium'],
    ['mowent', 'moment', 'replaced-character', 'low'],
    ['tode-gyp', 'node-gyp', 'replaced-character', 'medium'],
  ],
  ['roast', 'foment', 'commandes', 'json-gyp'],
);
check(
  'another form of a word',
  [
    ['body-wrapper', 'body-wrappers', 'grammatical-form', 'low'],
    ['support-color', 'supports-color', 'grammatical-form', 'low'],
  ],
  ['wrapper', 'is-urls'],
);
check(
  'a number behind',
  [
    ['express2', 'express', 'appended-number', 'low'],
    ['react-1', 'react', 'appended-number', 'low'],
    ['react-v18', 'react', 'appended-number', 'low'],
    ['discord.js12.5.3', 'discord.js', 'appended-number', 'low'],
  ],
  ['express404', 'nobody-2', 'ms2', '@acme/react-2'],
);
check(
  'affixes',
  [
    ['lodashjs', 'lodash', 'affix', 'medium'],
    ['react.js', 'react', 'affix', 'medium'],
    ['nodeexpress', 'express', 'affix', 'medium'],
    ['node-express', 'express', 'affix', 'low'],
    ['axios-node', 'axios', 'affix', 'low'],
    ['uglify', 'uglify-js', 'affix', 'low'],
    ['discord.dll', 'discord.js', 'affix', 'low'],
    ['axios.py', 'axios', 'affix', 'low'],
  ],
  ['lodash-angular', 'nobody.js', 'nobody.dll', 'discord.dllx'],
);
check(
  'a generic word',
  [
    ['axios-http', 'axios', 'generic-word', 'low'],
    ['secure-lodash', 'lodash', 'generic-word', 'low'],
    ['cross-env-cli', 'cross-env', 'generic-word', 'low'],
  ],
  ['axios-retry', 'css-cli', 'nobody-cli', 'official', 'lodash-for-the-web'],
);
check(
  'two edits',
  [
    ['suport-color', 'supports-color', 'two-edits', 'low'],
    ['comnander-js', 'commander', 'two-edits', 'low'],
  ],
  ['supper-cooler', 'merge-parse', 'reqzst'],
);
check(
  'scopes',
  [
    ['@bable/core', '@babel/core', 'similar-scope', 'medium'],
    ['@babell/core', '@babel/core', 'similar-scope', 'medium'],
    ['@babe1/core', '@babel/core', 'similar-scope', 'medium'],
    ['@ba-bel/core', '@babel/core', 'similar-scope', 'medium'],
    ['@basel/core', '@babel/core', 'similar-scope', 'low'],
    ['types-node', '@types/node', 'scope-as-prefix', 'low'],
    ['babelcore', '@babel/core', 'scope-as-prefix', 'low'],
    ['core-tracing', '@azure/core-tracing', 'dropped-scope', 'low'],
    ['warp-coil', '@acme/warp-coil', 'dropped-scope', 'medium'],
    ['warp-speed', '@acme/warp-speed', 'scope-family', 'medium'],
    ['hull-window', '@acme/hull-window', 'scope-family', 'low'],
  ],
  [
    ...['@babel/cores', '@bable/never-heard-of', '@acme/core', '@acme/react', 'core', 'identity'],
    ...['npm-cli', 'warp', 'warp.speed', 'body-core', '@other/warp-core'],
  ],
);

describe('how well known the target is', () => {
  const late = unpopular('commander body-parser cross-env express');
  for (const [name, target] of [
    ['commmqander', undefined],
    ['comzander', 'commander'],
    ['comander2', undefined],
    ['parser-body', 'body-parser'],
    ['crossenv', 'cross-env'],
    ['express-js', 'express'],
    ['express2', 'express'],
  ] as const) {
    test(`${name} is a hint at most where ${target ?? 'its target'} is little known`, () => {
      const verdict = judgeName(name, late);
      assert.equal(verdict?.target, target);
      if (verdict !== undefined) assert.equal(verdict.strength, 'weak');
    });
  }

  test('a swap and a repetition say enough by themselves', () => {
    assert.equal(judgeName('comamnder', late)?.strength, 'strong');
    assert.equal(judgeName('exppress', late)?.strength, 'strong');
    assert.equal(judgeName('cross-env-', late)?.strength, 'strong');
  });
});

describe("what is somebody's own name", () => {
  const nothing = (name: string, popular: PopularNames) => assert.equal(judgeName(name, popular), undefined);

  test("without the scope of a copy: one person's, or of little use", () => {
    nothing('warp-coil', list('@ada/warp-coil @ada/hull-plate'));
    nothing('warp-coil', unpopular('@acme/warp-coil @acme/hull-plate @acme/hull-paint warp-drive'));
    assert.equal(judgeName('types-node', unpopular('@types/node')), undefined);
  });

  test('the words of another in an order in which names often end', () => {
    const streams = Array.from({ length: 60 }, (_, i) => `${'zqxj'[i % 4]}${i.toString(3)}zz-stream`);
    const before = Array.from({ length: 1_200 }, (_, i) => `${'zqxj'[i % 4]}${i.toString(3)}zz`);
    nothing('slice-stream', list(streams.join(' '), before.join(' '), 'stream-slice'));
    assert.equal(judgeName('slice-stream', list(before.join(' '), 'stream-slice'))?.target, 'stream-slice');
  });

  test('a number behind several words, and other numbers at other places', () => {
    nothing('form-data2', list('form-data'));
    nothing('html5parser', list('htmlparser2'));
  });
});

describe('what says enough by itself', () => {
  test('the ending of a file behind a name, however little known', () => {
    assert.equal(judgeName('proxy.js', unpopular('proxy'))?.strength, 'strong');
    assert.equal(judgeName('proxy-js', unpopular('proxy'))?.strength, 'weak');
  });

  test('a word that a scope uses more often than all names without one', () => {
    const scoped = '@azure/core-auth @azure/core-http @azure/core-lro @azure/core-xml';
    assert.equal(judgeName('core-auth', list(scoped, 'core-js core-util-is'))?.strength, 'strong');
    assert.equal(judgeName('core-auth', list(scoped, 'core-js core-is core-a core-b'))?.strength, 'weak');
  });
});

describe('several targets', () => {
  test('the better mechanism wins over the more downloaded name', () => {
    const popular = list('moments', 'momnet');
    assert.equal(judgeName('momment', list('momnent', 'moment'))?.target, 'moment');
    assert.equal(judgeName('momnets', popular)?.target, 'moments');
  });

  test('among equals the more downloaded name wins', () => {
    assert.equal(judgeName('carbonn-x', list('carbon-x', 'carbonn.x'))?.target, 'carbon-x');
    assert.equal(judgeName('crosenv', list('crossenv', 'cross-env'))?.target, 'crossenv');
    assert.equal(judgeName('cros-env', list('crossenv', 'cross-env'))?.target, 'cross-env');
  });

  test('words that popular names use make a name of its own', () => {
    assert.equal(judgeName('csv-loader', list('css-loader csv-parse'))?.strength, 'weak');
    assert.equal(judgeName('accept', list('accepts accept-language')), undefined);
  });
});
