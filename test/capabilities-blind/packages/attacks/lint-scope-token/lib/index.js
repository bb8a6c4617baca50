"use strict";
class Scope {
    constructor(type, upper) { this.type = type; this.upper = upper; this.variables = []; }
    resolve(name) { return this.variables.includes(name) ? this : this.upper && this.upper.resolve(name); }
}
exports.Scope = Scope;
