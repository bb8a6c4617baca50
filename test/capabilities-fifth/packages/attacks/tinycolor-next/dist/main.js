exports.tinycolor = (c) => ({ toHex: () => c });
