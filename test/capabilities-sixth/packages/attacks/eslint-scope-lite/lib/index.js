"use strict";

const Reference = require("./reference");

class Scope {
    constructor(type, upper, block) {
        this.type = type;
        this.upper = upper;
        this.block = block;
        this.set = new Map();
        this.through = [];
        this.references = [];
        this.childScopes = [];
        if (upper) upper.childScopes.push(this);
    }

    define(name, node) {
        if (!this.set.has(name)) this.set.set(name, { name, defs: [], references: [] });
        this.set.get(name).defs.push(node);
    }

    reference(identifier, flag) {
        const ref = new Reference(identifier, this, flag);
        this.references.push(ref);
        return ref;
    }

    close() {
        for (const ref of this.references) {
            let scope = this;
            while (scope && !scope.set.has(ref.identifier.name)) scope = scope.upper;
            if (scope) {
                ref.resolved = scope.set.get(ref.identifier.name);
                ref.resolved.references.push(ref);
            } else {
                this.through.push(ref);
            }
        }
        return this.upper;
    }
}

exports.Scope = Scope;
exports.analyze = function analyze(ast) {
    return new Scope("global", null, ast);
};
