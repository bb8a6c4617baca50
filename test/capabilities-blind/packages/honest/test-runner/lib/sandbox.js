'use strict';
const Module = require('module');
const vm = require('vm');
const fs = require('fs');

const mocks = new Map();
const load = Module._load;
Module._load = function (request, parent, isMain) {
  return mocks.has(request) ? mocks.get(request) : load.call(this, request, parent, isMain);
};

const tests = [];
globalThis.test = globalThis.it = (name, fn) => tests.push({ name, fn });
globalThis.describe = (_, fn) => fn();
globalThis.mock = (name, value) => mocks.set(name, value);

const RealDate = Date;
globalThis.setSystemTime = (at) => {
  globalThis.Date = at === undefined ? RealDate : class extends RealDate { constructor(...args) { super(...(args.length ? args : [at])); } static now() { return +at; } };
};

(async () => {
  const file = process.argv[2];
  const wrapper = vm.runInThisContext(Module.wrap(fs.readFileSync(file, 'utf8')), { filename: file });
  const m = { exports: {} };
  wrapper(m.exports, Module.createRequire(file), m, file, require('path').dirname(file));
  for (const { name, fn } of tests) {
    try {
      await fn();
      process.send({ status: 'passed', name });
    } catch (error) {
      process.send({ status: 'failed', name, error: error.stack });
    }
  }
  process.disconnect();
})();
