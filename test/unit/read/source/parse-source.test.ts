import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isSourceName, parseSource } from '../../../../server/src/core/read/source/parse-source.ts';
import { parseTyped } from '../../../../server/src/core/read/source/typed-source.ts';
import { walkSyntax } from '../../../../server/src/core/read/source/walk.ts';

/** Returns the types of the nodes of a text, or why there are none. */
function typesIn(text: string, path: string, typed?: typeof parseTyped): readonly string[] | string {
  const source = parseSource(text, path, typed);
  if (source.type === 'unparsed') return source.reason;
  const types: string[] = [];
  walkSyntax(source.program, ({ type }) => types.push(type) > 0);
  return types;
}

describe('parsing sources', () => {
  test('reads modules, and as scripts what no module may have', () => {
    const module = parseSource('import a from "a"; export default await a;', 'a.js');
    assert.equal(module.type === 'parsed' && module.sourceType, 'module');
    const script = parseSource('#!/usr/bin/env node\nwith (a) delete b; return 010;', 'a.js');
    assert.equal(script.type === 'parsed' && script.sourceType, 'script');
  });

  test('gives the offsets at which nodes begin', () => {
    const text = 'f( "x" )';
    const source = parseSource(text, 'a.js');
    assert.equal(source.type, 'parsed');
    const slices: string[] = [];
    if (source.type === 'parsed')
      walkSyntax(source.program, ({ type, start }) => {
        if (type === 'Literal') slices.push(text.slice(start));
        return true;
      });
    assert.deepEqual(slices, ['"x" )']);
  });

  test('reads JSX in files with a JavaScript name', () => {
    assert.ok(typesIn('export const a = <b c="d"/>;', 'a.js').includes('JSXElement'));
  });

  test('reads TypeScript to the same nodes, without those of types', () => {
    const text =
      'import a, { type B } from "a"; enum C { D } const e = <T,>(f: import("g").H) => a(f as T)!;';
    const types = typesIn(text, 'a.ts', parseTyped);
    for (const type of ['ImportDeclaration', 'ArrowFunctionExpression', 'CallExpression', 'Literal'])
      assert.ok(types.includes(type), type);
    assert.ok(!types.includes('TSImportType'));
    assert.ok(typesIn('const a = <b/>; let c: D', 'a.tsx', parseTyped).includes('JSXElement'));
  });

  test('says when errors were passed over, or nothing could be read', () => {
    const source = parseSource('let a: number = 1; let a = 2; require("b")', 'a.ts', parseTyped);
    assert.equal(source.type === 'parsed' && source.isPartial, true);
    assert.equal(typesIn('let a = ;', 'a.js', parseTyped), 'it is not valid JavaScript or TypeScript');
    assert.equal(typesIn('let a: b', 'a.ts'), 'the parser of TypeScript is not loaded');
    assert.equal(typesIn('['.repeat(200_000), 'a.js'), 'it is nested too deeply');
  });

  test('visits deep nesting without recursion, in order, and not below what is refused', () => {
    const source = parseSource(`a${'+a'.repeat(20_000)}`, 'a.js');
    let count = 0;
    if (source.type === 'parsed')
      walkSyntax(source.program, ({ type }) => {
        if (type === 'Identifier') count++;
        return true;
      });
    assert.equal(count, 20_001);
    const order: string[] = [];
    const calls = parseSource('f(a, b); function g() { c(d); } e();', 'a.js');
    if (calls.type === 'parsed')
      walkSyntax(calls.program, (node) => {
        if (node.type === 'Identifier') order.push(node.name);
        return node.type !== 'FunctionDeclaration';
      });
    assert.deepEqual(order, ['f', 'a', 'b', 'e']);
  });

  test('takes programs for sources, and declarations of types for none', () => {
    const names = ['a.js', 'a.mjs', 'a.cts', 'a.tsx', 'a.d.ts', 'a.d.mts', 'a.json', 'ajs'];
    assert.deepEqual(names.filter(isSourceName), ['a.js', 'a.mjs', 'a.cts', 'a.tsx']);
  });
});
