"use strict";
class Scope {
  constructor(type, upper, block) {
    this.type = type;
    this.upper = upper;
    this.block = block;
    this.variables = [];
    this.set = new Map();
  }
  resolve(name) {
    return this.set.get(name) || (this.upper ? this.upper.resolve(name) : null);
  }
}
exports.Scope = Scope;
