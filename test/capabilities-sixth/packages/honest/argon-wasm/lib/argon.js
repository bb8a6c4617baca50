'use strict';
const loadModule = require('./loader');

const ArgonType = { Argon2d: 0, Argon2i: 1, Argon2id: 2 };

function allocateArray(Module, arr) {
  const ptr = Module._malloc(arr.length);
  Module.HEAPU8.set(arr, ptr);
  return ptr;
}

async function hash({ pass, salt, time = 1, mem = 1024, parallelism = 1, hashLen = 24, type = ArgonType.Argon2d }) {
  const M = await loadModule({ mem });
  const pwd = allocateArray(M, Buffer.from(pass));
  const s = allocateArray(M, Buffer.from(salt));
  const out = M._malloc(hashLen);
  const enc = M._malloc(512);
  const res = M._argon2_hash(time, mem, parallelism, pwd, pass.length, s, salt.length, out, hashLen, enc, 512, type, 0x13);
  try {
    if (res !== 0) throw Object.assign(new Error('argon2 error'), { code: res });
    const h = M.HEAPU8.slice(out, out + hashLen);
    return { hash: h, hashHex: Buffer.from(h).toString('hex'), encoded: M.UTF8ToString(enc) };
  } finally {
    for (const p of [pwd, s, out, enc]) M._free(p);
  }
}
module.exports = { ArgonType, hash };
