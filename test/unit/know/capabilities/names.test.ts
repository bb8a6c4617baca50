import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { capabilities, scan, signs } from './package-code.ts';

/** Each starts the same command; the names are written in another way. */
const STARTS: Readonly<Record<string, string>> = {
  'a call of a module': `require('child_process').exec('tool');`,
  'the prefix of built-in modules': `require('node:child_process').exec('tool');`,
  'an import': `import { exec as run } from 'node:child_process'; run('tool');`,
  'an import of all': `import * as cp from 'child_process'; cp.execSync('tool');`,
  'a dynamic import': `import('child_process').then((m) => m.exec('tool'));`,
  'an awaited import': `const { default: cp } = await import('child_process'); cp.exec('tool');`,
  destructuring: `const { exec: a, ...rest } = require('child_process'); a('tool');`,
  'another name for require': `const load = require; load('child_process').exec('tool');`,
  createRequire: `import { createRequire } from 'module'; createRequire(import.meta.url)('child_process').exec('tool');`,
  'the main module': `process.mainModule.require('child_process').exec('tool');`,
  getBuiltinModule: `process.getBuiltinModule('child_process').exec('tool');`,
  'the loader of modules': `module.constructor._load('child_process').exec('tool');`,
  'the global object': `globalThis['process'].mainModule['require']('child_process').exec('tool');`,
  'a sum': `require('child_' + 'process')['ex' + 'ec']('tool');`,
  'a joined list': `require(['child', 'process'].join('_')).exec('tool');`,
  'a reversed text': `require('ssecorp_dlihc'.split('').reverse().join('')).exec('tool');`,
  'codes of characters': `require(String.fromCharCode(99, 104, 105, 108, 100, 95, 112, 114, 111, 99, 101, 115, 115)).exec('tool');`,
  base64: `require(atob('Y2hpbGRfcHJvY2Vzcw==')).exec('tool');`,
  'base64 of a buffer': `const d = (s) => Buffer.from(s, 'base64').toString(); require(d('Y2hpbGRfcHJvY2Vzcw=='))[d('ZXhlYw==')]('tool');`,
  'hexadecimal digits': `require(Buffer.from('6368696c645f70726f63657373', 'hex').toString('utf8')).exec('tool');`,
  escapes: String.raw`require('\x63\x68\x69\x6c\x64_\u0070rocess')['\x65xec']('tool');`,
  'a function that decodes': `function d(s, k) { return s.split('').map((c) => String.fromCharCode(c.charCodeAt(0) ^ k)).join(''); } require(d('${[...'child_process'].map((c) => String.fromCharCode(c.charCodeAt(0) ^ 1)).join('')}', 1)).exec('tool');`,
  'a function with rest parameters': `const s = (...codes) => String.fromCharCode(...codes.map((x) => x ^ 1)); require(s(${[...'child_process'].map((c) => c.charCodeAt(0) ^ 1).join(', ')})).exec('tool');`,
  'a list of texts': `const t = ['exec', 'child_process']; require(t[1])[t[0]]('tool');`,
  'the Function constructor': `Function('return require')()('child_process').exec('tool');`,
  eval: `(0, eval)('require')('child_process').exec('tool');`,
  'call and apply': `const cp = require('child_process'); cp.exec.call(null, 'tool'); Reflect.apply(cp.exec, cp, ['tool']);`,
  promisify: `const { promisify } = require('util'); promisify(require('child_process').exec)('tool');`,
  'minified code': `var e=require("child_process"),t=e.exec;!function(n){n("tool")}(t);`,
  TypeScript: '',
};

describe('the names by which code reaches a capability', () => {
  for (const [way, text] of Object.entries(STARTS)) {
    test(way, () => {
      const record =
        way === 'TypeScript'
          ? scan({
              'index.ts': `import { exec } from 'child_process'; const f = <T,>(a: T): T => a; exec(f('tool') as string);`,
            })
          : scan(text);
      assert.deepEqual(
        capabilities(record).filter((one) => one.startsWith('processes')),
        ['processes: commands'],
      );
    });
  }

  test('of decoded names are signs, those that every program writes are not', () => {
    assert.ok(signs(scan(STARTS.base64!)).includes('hidden-name'));
    assert.ok(signs(scan(STARTS['a function with rest parameters']!)).includes('hidden-name'));
    assert.ok(signs(scan(STARTS['a sum']!)).includes('pieced-name'));
    for (const way of [
      'a call of a module',
      'an import',
      'destructuring',
      'createRequire',
      'promisify',
      'minified code',
    ])
      assert.deepEqual(signs(scan(STARTS[way]!)), ['processes-at-start'], way);
  });

  test('of variables that are shadowed mean something else', () => {
    assert.deepEqual(
      capabilities(scan(`function f(require, fetch) { require('child_process').exec('a'); fetch('b'); }`)),
      [],
    );
  });

  test('eval of a parsed code is found where its name is computed', () => {
    assert.ok(capabilities(scan(`globalThis['ev' + 'al'](code);`)).includes('dynamic-code: eval'));
    assert.ok(
      capabilities(scan(`[]['filter']['constructor']('return 1')();`)).includes('dynamic-code: Function'),
    );
    assert.ok(capabilities(scan(`(async () => {}).constructor(code);`)).includes('dynamic-code: Function'));
  });
});

test('the part of a package for one platform is its own, and not any package with such a name', () => {
  const changes = (name: string, target: string) =>
    signs(
      scan(
        `const fs = require('fs'), path = require('path'); fs.renameSync('/tmp/a', path.join(process.cwd(), 'node_modules', '${target}', 'index.js'));`,
        {
          name,
          scripts: { postinstall: 'node index.js' },
        },
      ),
    ).includes('changes-package');
  assert.ok(!changes('tool', '@acme/tool-linux-x64'));
  assert.ok(!changes('@acme/tool', '@acme/tool-windows-arm64'));
  for (const target of ['@acme/tool', '@acme/tool-core', 'other-linux-x64'])
    assert.ok(changes('tool', target), target);
});

describe('a file of another package is recognized by', () => {
  const paths: Readonly<Record<string, string>> = {
    'a path in one text': `'node_modules/other/lib/index.js'`,
    'a relative path': `'./node_modules/other/lib/index.js'`,
    'a path behind the working directory': `process.cwd() + '/node_modules/other/lib/index.js'`,
    'joined parts': `require('path').join('node_modules', 'other', 'index.js')`,
    'the resolution of its name': `require.resolve('other')`,
  };
  for (const [name, path] of Object.entries(paths))
    test(name, () =>
      assert.ok(signs(scan(`require('fs').writeFileSync(${path}, '1');`)).includes('changes-package')),
    );

  test('none of these in a folder that tools share', () => {
    const code = `require('fs').writeFileSync('node_modules/.cache/tool/state.js', '1');`;
    assert.ok(!signs(scan(code)).includes('changes-package'));
  });
});
