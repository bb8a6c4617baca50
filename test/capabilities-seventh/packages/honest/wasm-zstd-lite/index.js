'use strict';
const fs = require('fs');
const path = require('path');

let instance;
const td = new TextDecoder();

function imports() {
  return {
    env: {
      abort: (msg) => { throw new Error('zstd aborted: ' + msg); },
      emscripten_memcpy_big: (d, s, n) => { new Uint8Array(instance.exports.memory.buffer).copyWithin(d, s, s + n); },
      emscripten_resize_heap: (n) => { try { instance.exports.memory.grow((n - instance.exports.memory.buffer.byteLength + 65535) >>> 16); return 1; } catch { return 0; } },
    },
    wasi_snapshot_preview1: { proc_exit: (c) => { throw new Error('exit ' + c); }, fd_write: () => 0, fd_close: () => 0, fd_seek: () => 0 },
  };
}

async function init(source) {
  if (instance) return;
  const bytes = source || fs.readFileSync(path.join(__dirname, 'zstd.wasm'));
  const r = await WebAssembly.instantiate(bytes, imports());
  instance = r.instance;
  if (instance.exports._initialize) instance.exports._initialize();
}

function check(code) {
  const x = instance.exports;
  if (!x.ZSTD_isError(code)) return code;
  const p = x.ZSTD_getErrorName(code);
  const m = new Uint8Array(x.memory.buffer);
  let e = p;
  while (m[e]) e++;
  throw new Error('zstd: ' + td.decode(m.subarray(p, e)));
}

function decompress(buf, opts = { defaultHeapSize: 1 << 20 }) {
  const x = instance.exports;
  const src = x.malloc(buf.byteLength);
  new Uint8Array(x.memory.buffer, src, buf.byteLength).set(buf);
  const content = x.ZSTD_getFrameContentSize(src, buf.byteLength);
  const size = Number(content) > 0 ? Number(content) : opts.defaultHeapSize;
  const dst = x.malloc(size);
  try {
    const n = check(x.ZSTD_decompress(dst, size, src, buf.byteLength));
    return new Uint8Array(x.memory.buffer, dst, n).slice();
  } finally {
    x.free(src);
    x.free(dst);
  }
}
module.exports = { init, decompress };
