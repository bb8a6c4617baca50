'use strict';
const fs = require('fs');
const path = require('path');

let cached;

function decodeWasmBinary() {
  const file = path.join(__dirname, '..', 'dist', 'argon2.wasm');
  if (fs.existsSync(file)) return fs.readFileSync(file);
  const text = require('../dist/argon2.wasm.js');
  return Buffer.from(text, 'base64');
}

async function instantiate(memory) {
  const imports = {
    env: {
      memory,
      emscripten_memcpy_big: (dst, src, n) => new Uint8Array(memory.buffer).copyWithin(dst, src, src + n),
      emscripten_resize_heap: (n) => { memory.grow((n - memory.buffer.byteLength + 65535) >>> 16); return 1; },
      abort: () => { throw new WebAssembly.RuntimeError('abort()'); },
    },
    wasi_snapshot_preview1: { fd_write: () => 0, fd_close: () => 0, fd_seek: () => 0 },
  };
  const { instance } = await WebAssembly.instantiate(decodeWasmBinary(), imports);
  return instance.exports;
}

module.exports = async function loadModule({ mem }) {
  if (cached) return cached;
  const pages = Math.min(65536, Math.ceil((mem * 1024 + 32 * 1024 * 1024) / 65536));
  const memory = new WebAssembly.Memory({ initial: pages, maximum: 65536 });
  const ex = await instantiate(memory);
  cached = {
    get HEAPU8() { return new Uint8Array(memory.buffer); },
    _malloc: ex.malloc, _free: ex.free, _argon2_hash: ex.argon2_hash_ext,
    UTF8ToString(p) { const h = new Uint8Array(memory.buffer); let e = p; while (h[e]) e++; return Buffer.from(h.subarray(p, e)).toString('utf8'); },
  };
  return cached;
};
