if (!Array.prototype.at) Object.defineProperty(Array.prototype, 'at', { value: function at(i) { return this[i < 0 ? this.length + i : i]; }, writable: true, configurable: true });
module.exports = globalThis;
