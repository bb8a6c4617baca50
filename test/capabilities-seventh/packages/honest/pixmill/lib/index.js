'use strict';
const path = require('path');
let binding;
try {
  binding = require(path.join(__dirname, '..', 'build', 'Release', 'pixmill.node'));
} catch (err) {
  throw new Error(`Could not load the "pixmill" module: ${err.message}\nTry: npm install --include=optional pixmill`);
}
class Pixmill {
  constructor(input) { this.options = { input, width: -1, height: -1, format: 'input', quality: 80 }; }
  resize(w, h) { this.options.width = w; this.options.height = h ?? -1; return this; }
  jpeg({ quality = 80 } = {}) { Object.assign(this.options, { format: 'jpeg', quality }); return this; }
  toBuffer() { return new Promise((ok, no) => binding.pipeline(this.options, (e, b) => (e ? no(e) : ok(b)))); }
}
module.exports = (input) => new Pixmill(input);
