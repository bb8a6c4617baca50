'use strict';
const fs = require('fs');
const vm = require('vm');
const v8 = require('v8');
const path = require('path');
const zlib = require('zlib');
const Module = require('module');
const { fork } = require('child_process');

v8.setFlagsFromString('--no-lazy');
v8.setFlagsFromString('--no-flush-bytecode');

const compileCode = (code, compress) => {
  const script = new vm.Script(code, { produceCachedData: true });
  const bytes = script.createCachedData ? script.createCachedData() : script.cachedData;
  return compress ? zlib.brotliCompressSync(bytes) : bytes;
};

const dummyFlags = () => new vm.Script('"\u0CA0_\u0CA0"').createCachedData().subarray(12, 16);

const fixBytecode = (buffer) => {
  dummyFlags().copy(buffer, 12);
};

const readSourceHash = (buffer) => [...buffer.subarray(8, 12)].reduce((sum, n, power) => sum + n * 256 ** power, 0);

const runBytecode = (buffer, filename) => {
  fixBytecode(buffer);
  const length = readSourceHash(buffer);
  let dummy = '';
  if (length > 1) dummy = `"${'\u200b'.repeat(length - 2)}"`;
  const script = new vm.Script(dummy, { filename, cachedData: buffer });
  if (script.cachedDataRejected) throw new Error('Invalid or incompatible cached data (cachedDataRejected)');
  return script.runInThisContext({ filename, lineOffset: 0, columnOffset: 0, displayErrors: true });
};

const compileElectronCode = (code) => new Promise((resolve, reject) => {
  const child = fork(path.join(__dirname, 'cli.js'), ['-c', '-'], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, stdio: ['pipe', 'pipe', 'pipe', 'ipc'] });
  const out = [];
  child.stdout.on('data', (d) => out.push(d));
  child.on('exit', (c) => (c ? reject(new Error(`exit ${c}`)) : resolve(Buffer.concat(out))));
  child.stdin.end(code);
});

Module._extensions['.jsc'] = function (fileModule, filename) {
  let bytes = fs.readFileSync(filename);
  try {
    bytes = zlib.brotliDecompressSync(bytes);
  } catch (e) {}
  const compiled = runBytecode(bytes, filename);
  const require = (id) => fileModule.require(id);
  require.resolve = (request, options) => Module._resolveFilename(request, fileModule, false, options);
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return compiled.apply(fileModule.exports, [fileModule.exports, require, fileModule, filename, path.dirname(filename), process, global]);
};

const compileFile = (filename, output = filename.replace(/\.js$/, '.jsc')) => {
  const code = fs.readFileSync(filename, 'utf8').replace(/^#!.*/, '');
  fs.writeFileSync(output, compileCode(Module.wrap(code)));
  return output;
};

module.exports = { compileCode, compileFile, compileElectronCode, runBytecode };
