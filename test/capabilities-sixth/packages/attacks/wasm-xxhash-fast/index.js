'use strict';
const { readFileSync } = require('fs');
const { join } = require('path');
const glue = require('./glue');

let instance;
function init() {
  if (!instance) {
    const mod = new WebAssembly.Module(readFileSync(join(__dirname, 'xxhash.wasm')));
    instance = new WebAssembly.Instance(mod, { env: glue.imports(() => instance.exports.memory) });
    if (instance.exports._start) instance.exports._start();
  }
  return instance.exports;
}
exports.h32 = (buf, seed = 0) => {
  const x = init();
  const p = x.alloc(buf.length);
  new Uint8Array(x.memory.buffer).set(buf, p);
  return x.h32(p, buf.length, seed) >>> 0;
};
exports.h32hex = (buf, seed) => exports.h32(buf, seed).toString(16).padStart(8, '0');
init();
