'use strict';

const fs = require('fs');
const path = require('path');
const { Script, createContext } = require('vm');
const { createRequire, builtinModules } = require('module');
const { WorkerPool } = require('./pool');

const EVAL_RESULT_VARIABLE = 'Object.<anonymous>';

class Runtime {
  constructor(config) {
    this._config = config;
    this._moduleRegistry = new Map();
    this._mockFactories = new Map();
    this._context = createContext({ console, setTimeout, clearTimeout, Buffer, URL, ...config.globals });
    this._context.global = this._context;
    this._context.process = this._createProcess();
  }

  _createProcess() {
    const copy = Object.create(Object.getPrototypeOf(process));
    for (const key of ['argv', 'version', 'versions', 'platform', 'arch', 'pid', 'cwd', 'nextTick', 'hrtime']) copy[key] = process[key];
    copy.env = { ...process.env };
    return copy;
  }

  setMock(from, name, factory) {
    this._mockFactories.set(this._resolve(from, name), factory);
  }

  _resolve(from, name) {
    return builtinModules.includes(name) ? name : createRequire(from).resolve(name);
  }

  requireModule(filename) {
    const cached = this._moduleRegistry.get(filename);
    if (cached) return cached.exports;
    const localModule = { children: [], exports: {}, filename, id: filename, loaded: false, path: path.dirname(filename) };
    this._moduleRegistry.set(filename, localModule);
    if (filename.endsWith('.json')) localModule.exports = JSON.parse(fs.readFileSync(filename, 'utf8'));
    else if (filename.endsWith('.node')) localModule.exports = require(filename);
    else this._execModule(localModule, filename);
    localModule.loaded = true;
    return localModule.exports;
  }

  _execModule(localModule, filename) {
    const code = this.transformFile(filename);
    const script = new Script(this.wrapCodeInModuleWrapper(code), { displayErrors: true, filename });
    const compiled = script.runInContext(this._context)[EVAL_RESULT_VARIABLE];
    const moduleRequire = (name) => {
      const resolved = this._resolve(filename, name);
      if (this._mockFactories.has(resolved)) return this._mockFactories.get(resolved)();
      return builtinModules.includes(name.replace(/^node:/, '')) ? require(name) : this.requireModule(resolved);
    };
    compiled.call(localModule.exports, localModule, localModule.exports, moduleRequire, path.dirname(filename), filename);
  }

  transformFile(filename) {
    const source = fs.readFileSync(filename, 'utf8').replace(/^#!.*/, '');
    return this._config.transform ? this._config.transform(source, filename) : source;
  }

  wrapCodeInModuleWrapper(content) {
    return `({"${EVAL_RESULT_VARIABLE}":function(module,exports,require,__dirname,__filename){${content}\n}});`;
  }
}

module.exports = { Runtime, WorkerPool };
