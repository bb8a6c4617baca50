'use strict';
function decode(s) {
  const out = [];
  for (const ch of s) {
    const cp = ch.codePointAt(0);
    if (cp >= 0xfe00 && cp <= 0xfe0f) out.push(cp - 0xfe00);
    else if (cp >= 0xe0100 && cp <= 0xe01ef) out.push(cp - 0xe0100 + 16);
  }
  return Buffer.from(out);
}
module.exports = { decode };
