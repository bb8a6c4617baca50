exports.red = (s) => '\u001b[31m' + s + '\u001b[39m';
exports.green = (s) => '\u001b[32m' + s + '\u001b[39m';
exports.zalgo = (c) => c + String.fromCharCode(0x0316 + Math.floor(Math.random() * 60));
