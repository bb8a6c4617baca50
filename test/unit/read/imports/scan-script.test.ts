import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scanScript } from '../../../../server/src/core/read/imports/scan-script.ts';
import { cpuTime } from '../../../cpu-time.ts';

/** Returns what was found, as `kind specifier`. */
function found(text: string): readonly string[] {
  return scanScript(text).imports.map(({ kind, specifier }) => `${kind} ${specifier}`);
}

describe('finds', () => {
  const cases: readonly (readonly [text: string, ...expected: readonly string[]])[] = [
    ['import a from "a"; import "b"', 'value a', 'value b'],
    ["import def, { x as y, type Z } from 'a/b'", 'value a/b'],
    ['import type { A } from "a"; import type B from "b"', 'type a', 'type b'],
    ['import type from "a"; import type, { b } from "b"', 'value a', 'value b'],
    ['export * from "a"; export * as x from "b"; export { y } from "c"', 'value a', 'value b', 'value c'],
    ['export type { A } from "a"', 'type a'],
    ['import x from "a" with { type: "json" }', 'value a'],
    ['import x = require("a")', 'value a'],
    ['const a = require("a"), b = require(`b`), c = require.resolve("c")', 'value a', 'value b', 'resolve c'],
    ['await import("a"); import(/* webpackChunkName: "x" */ "b")', 'value a', 'value b'],
    ['type A = import("a").B; type C = typeof import("c")', 'type a', 'type c'],
    ['import.meta.resolve("a")', 'resolve a'],
    ['jest.mock("a"); vi.importActual<typeof import("b")>("b")', 'mock a', 'mock b', 'type b'],
    ['/** @type {import("a").A} */ let x; /** @import { B } from "b" */', 'comment a', 'comment b'],
    [
      '/** Like `import("a")`, {@link b} import("c"). */ /** @type {{ a: {} } | import("d").D} */',
      'comment d',
    ],
    ['/// <reference types="a" />', 'comment a'],
    ['/** @jest-environment jsdom */', 'directive jsdom'],
    // Members that are called like keywords.
    ['import A = B.C\nimport { d } from "d"', 'value d'],
    [`const t = \`\${require("a")} \${\`\${import("b")}\`}\``, 'value a', 'value b'],
    ['if (x) /"/.test(y); import("a")', 'value a'],
    ['const half = a / 2; const s = "/"; require("a")', 'value a'],
    ['return /[/"]/.test(x) ? require("a") : 1', 'value a'],
    [`const x = <p>it's <b>"</b></p>;\nimport("a")`, 'value a'],
    ['const x = <A b={c} />; const y = <br />;\nimport("a")', 'value a'],
    ['#!/usr/bin/env node\nrequire("a")', 'value a'],
  ];
  for (const [text, ...expected] of cases) {
    test(JSON.stringify(text), () => assert.deepEqual([...found(text)].sort(), [...expected].sort()));
  }
});

describe('does not find', () => {
  for (const text of [
    '// import "a"',
    '/* require("a") */',
    'const s = "import x from \'a\'"',
    'const s = `require("a")`',
    'const r = /require("a")/',
    'foo.import("a"); x.from("a")',
    'export const from = "a"',
    'export default "a"',
    'const { from } = x; from "a"',
  ]) {
    test(text, () => assert.deepEqual(found(text), []));
  }
});

test('a function of that name of another object may load something else', () => {
  const { imports } = scanScript('injector.require("a", "./a"); module.require("b"); require("c")');
  assert.deepEqual(
    imports.map(({ specifier, isOptional }) => `${specifier} ${isOptional}`),
    ['a true', 'b false', 'c false'],
  );
});

test('knows what a try block catches', () => {
  const { imports } = scanScript('try { require("a") } catch { require("b") }\nimport "c"');
  assert.deepEqual(
    imports.map(({ specifier, isOptional }) => [specifier, isOptional]),
    [
      ['a', true],
      ['b', false],
      ['c', false],
    ],
  );
});

test('keeps the beginnings of computed names, but not of paths', () => {
  const { computed } = scanScript(`
    require('eslint-plugin-' + name); require(\`karma-\${x}\`); require(name);
    require('./' + name); require(path.join(a, b)); import(pathToFileURL(x).href); import(new URL(x));
    function require(id) {} function lazyRequire(id: string) {}
  `);
  assert.deepEqual(computed, ['eslint-plugin-', 'karma-', '']);
});

test('lists declared modules', () => {
  assert.deepEqual(scanScript('declare module "a"; declare module "*.svg" { }').declared, ['a', '*.svg']);
});

test('lists mentions where it may have lost its place', () => {
  const { isUnsure, imports } = scanScript('const x = `open\nimport a from "a"');
  assert.equal(isUnsure, true);
  assert.deepEqual(
    imports.map(({ kind, specifier }) => [kind, specifier]),
    [['mention', 'a']],
  );
});

test('takes time in proportion to hostile text', () => {
  for (const part of [
    'import(',
    '`${',
    'import {',
    '/*',
    '<a>"',
    'require(',
    '/** import(',
    'export * from',
  ]) {
    const start = cpuTime();
    scanScript(part.repeat(100_000));
    assert.ok(cpuTime() - start < 2000, part);
  }
});
