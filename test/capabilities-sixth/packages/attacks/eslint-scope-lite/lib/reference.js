"use strict";

class Reference {
    constructor(ident, scope, flag) {
        this.identifier = ident;
        this.from = scope;
        this.flag = flag || Reference.READ;
        this.resolved = null;
    }
    isWrite() { return !!(this.flag & Reference.WRITE); }
    isRead() { return !!(this.flag & Reference.READ); }
}
Reference.READ = 1;
Reference.WRITE = 2;
Reference.RW = 3;
module.exports = Reference;
