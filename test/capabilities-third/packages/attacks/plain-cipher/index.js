exports.xorBytes = (a, b) => Uint8Array.from(a, (x, i) => x ^ b[i % b.length]);
