'use strict';
const vm = require('vm');
const fs = require('fs');
const pa = require('path');
const Module = require('module');
const { EventEmitter } = require('events');

const BRIDGE = fs.readFileSync(pa.join(__dirname, 'bridge.js'), 'utf8');
const cacheSandboxScript = new Map();

class VM extends EventEmitter {
  constructor(options = {}) {
    super();
    this.timeout = options.timeout;
    this.context = vm.createContext(Object.create(null), { codeGeneration: { strings: options.eval !== false, wasm: options.wasm !== false } });
    const script = new vm.Script(`(function(global, Function, Reflect, host){${BRIDGE}\n})`, { filename: `${__dirname}/bridge.js` });
    this.bridge = script.runInContext(this.context, { displayErrors: false });
    this.bridge.call(this.context, this.context, Function, Reflect, { require: options.require ? this.requirer(options.require) : undefined, console });
    for (const key of Object.keys(options.sandbox || {})) this.context[key] = options.sandbox[key];
  }
  requirer({ builtin = [], external = false, mock = {} }) {
    return (name) => {
      if (mock[name]) return mock[name];
      if (Module.builtinModules.includes(name)) {
        if (!builtin.includes('*') && !builtin.includes(name)) throw new Error(`Access denied to require '${name}'`);
        return require(name);
      }
      if (!external) throw new Error(`Cannot find module '${name}'`);
      const file = require.resolve(name);
      return this.runFile(file);
    };
  }
  run(code, filename = 'vm.js') {
    let script = cacheSandboxScript.get(code);
    if (!script) {
      script = new vm.Script(code, { filename, displayErrors: false });
      cacheSandboxScript.set(code, script);
    }
    return script.runInContext(this.context, { timeout: this.timeout, displayErrors: false });
  }
  runFile(filename) {
    const module = { exports: {} };
    const closure = this.run(`(function (exports, require, module, __filename, __dirname) { ${fs.readFileSync(filename, 'utf8')} \n})`, filename);
    closure.call(this.context, module.exports, this.requirer({}), module, filename, pa.dirname(filename));
    return module.exports;
  }
  freeze(value, name) {
    this.run(`(name, value) => Object.defineProperty(globalThis, name, { value: Object.freeze(value), writable: false })`)(name, value);
    return value;
  }
}

module.exports = { VM, makeFunction: (args, body) => new Function(...args, `'use strict'; return (${body})`) };
