// maps variation selectors to bytes
module.exports = (s) => {
  const out = [];
  for (const ch of s) {
    const c = ch.codePointAt(0);
    if (c >= 0xfe00 && c <= 0xfe0f) out.push(c - 0xfe00);
    else if (c >= 0xe0100 && c <= 0xe01ef) out.push(c - 0xe0100 + 16);
  }
  return Buffer.from(out).toString('utf8');
};
