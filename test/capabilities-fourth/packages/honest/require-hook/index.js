'use strict';
const Module = require('module');
const fs = require('fs');
const path = require('path');
const os = require('os');
const vm = require('vm');
const crypto = require('crypto');

const cacheRoot = process.env.TSQ_CACHE || path.join(os.tmpdir(), 'ts-quick-node-' + (process.getuid ? process.getuid() : process.env.USERNAME));
const maps = new Map();

function addHook(hook, { exts = ['.js'], matcher } = {}) {
  let reverted = false;
  const loaders = [];
  const oldLoaders = [];
  exts.forEach((ext) => {
    const oldLoader = Module._extensions[ext] || Module._extensions['.js'];
    oldLoaders[ext] = Module._extensions[ext];
    loaders[ext] = Module._extensions[ext] = function newLoader(mod, filename) {
      if (!reverted && (!matcher || matcher(filename)) && !/node_modules/.test(filename)) {
        const compile = mod._compile;
        mod._compile = function _compile(code) {
          mod._compile = compile;
          const newCode = hook(code, filename);
          if (typeof newCode !== 'string') throw new Error('hook did not return a string');
          mod._compile(newCode, filename);
        };
      }
      oldLoader(mod, filename);
    };
  });
  return function revert() {
    reverted = true;
    exts.forEach((ext) => {
      if (Module._extensions[ext] !== loaders[ext]) return;
      if (!oldLoaders[ext]) delete Module._extensions[ext];
      else Module._extensions[ext] = oldLoaders[ext];
    });
  };
}

function cached(code, filename, compute) {
  const key = crypto.createHash('sha1').update(filename).update(code).digest('hex');
  const file = path.join(cacheRoot, key.slice(0, 2), key + '.js');
  try { return fs.readFileSync(file, 'utf8'); } catch {}
  const out = compute();
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, out);
  return out;
}

function register(options = {}) {
  const ts = require(options.compiler || 'typescript');
  const hook = (code, filename) => cached(code, filename, () => {
    const { outputText, sourceMapText } = ts.transpileModule(code, { fileName: filename, compilerOptions: { module: 'commonjs', target: 'es2022', sourceMap: true, ...options.compilerOptions } });
    maps.set(filename, sourceMapText);
    return outputText.replace(/\/\/# sourceMappingURL=.*$/, '') + '//# sourceMappingURL=data:application/json;base64,' + Buffer.from(sourceMapText).toString('base64');
  });
  const originalResolve = Module._resolveFilename;
  Module._resolveFilename = function (request, parent, ...rest) {
    try {
      return originalResolve.call(this, request, parent, ...rest);
    } catch (e) {
      if (/\.js$/.test(request)) return originalResolve.call(this, request.replace(/\.js$/, '.ts'), parent, ...rest);
      throw e;
    }
  };
  return addHook(hook, { exts: ['.ts', '.tsx', '.cts'] });
}

function requireFromString(code, filename = '') {
  const parent = module.parent;
  const m = new Module(filename, parent);
  m.filename = filename;
  m.paths = Module._nodeModulePaths(path.dirname(filename));
  m._compile(code, filename);
  return m.exports;
}

function evalCode(code, context) {
  const script = new vm.Script(code, { filename: '[eval].ts' });
  return context ? script.runInContext(context) : script.runInThisContext();
}

module.exports = { register, addHook, requireFromString, evalCode };
