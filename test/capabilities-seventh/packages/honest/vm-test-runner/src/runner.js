'use strict';
const fs = require('fs');
const path = require('path');
const vm = require('vm');
const Module = require('module');
const assert = require('assert');

const originalLoad = Module._load;

function createSandbox(file) {
  const tests = [], mocks = new Map(), hooks = { before: [], after: [] };
  const sandbox = {
    console, process: Object.create(process, { exit: { value: (c) => { throw new Error('process.exit called with ' + c); } } }), Buffer, setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, URL, TextEncoder, TextDecoder, queueMicrotask,
    test: (name, fn) => tests.push({ name, fn }),
    describe: (prefix, fn) => { const n = tests.length; fn(); for (let i = n; i < tests.length; i++) tests[i].name = `${prefix} > ${tests[i].name}`; },
    beforeEach: (f) => hooks.before.push(f), afterEach: (f) => hooks.after.push(f),
    mock: (id, factory) => mocks.set(id, factory),
    expect: (v) => ({ toBe: (x) => assert.strictEqual(v, x), toEqual: (x) => assert.deepStrictEqual(v, x), toThrow: (re) => assert.throws(v, re), toMatch: (re) => assert.match(v, re) }),
  };
  sandbox.it = sandbox.test;
  sandbox.global = sandbox.globalThis = sandbox;
  return { context: vm.createContext(sandbox, { name: file }), tests, mocks, hooks };
}

function loadInto(context, file, mocks, cache = new Map()) {
  if (cache.has(file)) return cache.get(file).exports;
  const module = { exports: {}, filename: file };
  cache.set(file, module);
  const nativeRequire = Module.createRequire(file);
  const localRequire = (id) => {
    if (mocks.has(id)) return mocks.get(id)();
    if (Module.builtinModules.includes(id.replace(/^node:/, ''))) return nativeRequire(id);
    const resolved = nativeRequire.resolve(id);
    if (/node_modules/.test(resolved) || !resolved.endsWith('.js')) return nativeRequire(id);
    return loadInto(context, resolved, mocks, cache);
  };
  const src = fs.readFileSync(file, 'utf8').replace(/^#!.*/, '');
  const fn = new vm.Script(`(function (exports, require, module, __filename, __dirname) { ${src}\n})`, { filename: file }).runInContext(context);
  fn.call(module.exports, module.exports, localRequire, module, file, path.dirname(file));
  return module.exports;
}

async function runFile(file) {
  const r = { passed: 0, failed: 0, errors: [] };
  const { context, tests, mocks, hooks } = createSandbox(file);
  Module._load = function (request, parent, isMain) { return mocks.has(request) ? mocks.get(request)() : originalLoad.call(this, request, parent, isMain); };
  try {
    loadInto(context, file, mocks);
    for (const t of tests) {
      try {
        for (const h of hooks.before) await h();
        await t.fn();
        r.passed++;
      } catch (e) { r.failed++; r.errors.push(`${t.name}: ${e.message}`); } finally { for (const h of hooks.after) await h(); }
    }
  } catch (e) { r.failed++; r.errors.push(e.stack); } finally { Module._load = originalLoad; }
  return r;
}
module.exports = { runFile };
