'use strict';
const binding = require('node-gyp-build')(__dirname);
const TABLE = new Uint32Array(256).map((_, n) => { for (let k = 0; k < 8; k++) n = n & 1 ? 0x82f63b78 ^ (n >>> 1) : n >>> 1; return n >>> 0; });

function soft(buf, crc = 0) {
  crc = ~crc;
  for (let i = 0; i < buf.length; i++) crc = TABLE[(crc ^ buf[i]) & 0xff] ^ (crc >>> 8);
  return ~crc >>> 0;
}

module.exports = function crc32c(input, initial = 0) {
  const buf = typeof input === 'string' ? Buffer.from(input) : input;
  return binding.available() ? binding.calculate(buf, initial) : soft(buf, initial);
};
module.exports.soft = soft;
