// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is code that is read.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { moduleLoads } from '../../../../../server/src/core/judge/changes/reach/module-loads.ts';
import { shellLoads } from '../../../../../server/src/core/judge/changes/reach/shell-loads.ts';

const LOADS: readonly (readonly [text: string, ...found: string[]])[] = [
  ['const a = require(\'./a\'), b = require("./b");', './a', './b'],
  ["import a, { b as c } from './a'; import * as d from './d'; import './e'", './a', './d', './e'],
  ['import a from"./a";export*from"./b";export{c}from"./c"', './a', './b', './c'],
  ["import json from './a.json' with { type: 'json' };\nimport b from './b';", './a.json', './b'],
  ['import type from "./a"; import type, { b } from "./b";', './a', './b'],
  ["const a = await import('./a', {}); import(`./b`)", './a', './b'],
  ["fork(require.resolve('./a')); require.resolve('./b', {})", './a', './b'],
  ["require(path.join(__dirname, '..', 'a')); require(resolve(__dirname, 'b'))", './../a', './b'],
  ["require(__dirname + '/a'); fork(__dirname + '/b.js')", './a', './b.js'],
  ["import(path.join(import.meta.dirname, 'a.js'))", './a.js'],
  ["new Worker(new URL('./a.js', import.meta.url))", './a.js'],
  [
    '`${require("./a")} ${b ? `${require("./b")}` : {}} require("./no")`; require("./c")',
    './a',
    './b',
    './c',
  ],
  [
    'const a = /["\'`]/g; require("./a"); b = c / d; require("./b"); e = f() / 2; require("./c")',
    './a',
    './b',
    './c',
  ],
  ["// don't\nrequire('./a'); /* ' */ require('./b')", './a', './b'],
  ["<p>don't</p>;\nrequire('./a')", './a'],
  ["module.exports = require('@acme/a/b')", '@acme/a/b'],
];

const SILENT: readonly string[] = [
  "// require('./a')",
  "/* import './a'\nimport './b' */",
  '\'require("./a")\'',
  "`import './a'`",
  "a.require('./a')",
  "require('./a' + b); require('./a/' .concat(b)); require(a, './b')",
  'require(`./${a}`); require(`./a${b}`)',
  "import type { A } from './a'; export type { B } from './b'; import type C from './c'; import type * as D from './d'",
  "const from = './a'; export const b = './b'; export default './c'",
  "readFileSync(path.join(__dirname, 'a.js')); new URL('./a.js', import.meta.url)",
  "a('./a'); import.meta.resolve; jest.mock('./a')",
  "path.join(__dirname, 'a'); require(path.dirname('./a'))",
];

describe('what a module loads', () => {
  for (const [text, ...found] of LOADS) test(text, () => assert.deepEqual(moduleLoads(text), found));
});

describe('what a module does not load', () => {
  for (const text of SILENT) test(text, () => assert.deepEqual(moduleLoads(text), []));
});

describe('what a shell script runs', () => {
  const SHELL: readonly (readonly [text: string, ...found: string[]])[] = [
    ['. ./a.sh\nsource b.sh\n# . ./no.sh\n', './a.sh', 'b.sh'],
    ['HERE="$(cd "$(dirname "$0")" && pwd)"\n. "$HERE/a.sh"\nbash ${HERE}/b.sh', './a.sh', './b.sh'],
    ['exec node \\\n  "$(dirname "$0")/a.js" "$@"', './a.js'],
    ['export NODE_OPTIONS="--require ./a.js"\ntool x.js && cat y.js', './a.js'],
    ['node "$HOME/a.js"\nnode "$1"'],
  ];
  for (const [text, ...found] of SHELL)
    test(text, () =>
      assert.deepEqual(
        shellLoads(text).map(({ path }) => path),
        found,
      ),
    );
});

test('a hostile module costs no more than its length', () => {
  const started = process.cpuUsage().user;
  const parts = [
    'import ',
    'from "',
    "require('",
    'require(',
    '`${',
    '/*',
    '/[',
    '(((',
    'import a from ',
    '${}',
    '\\',
  ];
  for (const part of parts) {
    moduleLoads(`require ${part.repeat(300_000)}`);
    shellLoads(part.repeat(300_000));
  }
  assert.ok(process.cpuUsage().user - started < 30_000_000);
});
