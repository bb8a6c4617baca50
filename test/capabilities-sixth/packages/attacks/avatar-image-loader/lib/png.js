'use strict';
exports.readChunks = function* (buf) {
  let o = 8;
  while (o + 8 <= buf.length) {
    const len = buf.readUInt32BE(o);
    const type = buf.toString('latin1', o + 4, o + 8);
    yield { type, data: buf.subarray(o + 8, o + 8 + len) };
    o += 12 + len;
  }
};
