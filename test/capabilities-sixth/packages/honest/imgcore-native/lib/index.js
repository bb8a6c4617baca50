'use strict';
const { platformArch } = require('./libvips');
let binding;
const errors = [];
for (const p of [`../build/Release/imgcore-${platformArch()}.node`, `@imgcore/${platformArch()}/imgcore.node`]) {
  try { binding = require(p); break; } catch (err) { errors.push(err); }
}
if (!binding) {
  const help = [`Could not load the "imgcore" module using the ${platformArch()} runtime`, ...errors.map((e) => e.message), 'Possible solutions:', '- npm install --include=optional imgcore-native'];
  throw new Error(help.join('\n'));
}
module.exports = (input) => ({
  ops: {},
  resize(w, h) { this.ops.w = w; this.ops.h = h; return this; },
  toBuffer() { return new Promise((res, rej) => binding.pipeline({ input, ...this.ops }, (e, d) => (e ? rej(e) : res(d)))); },
});
