"use strict";
const { EventEmitter } = require("events");
class Compiler extends EventEmitter {
  constructor(options) { super(); this.options = options; this.plugins = options.plugins || []; for (const p of this.plugins) p.apply(this); }
  run(cb) { this.emit("run"); const stats = { modules: [], errors: [], time: Date.now() }; this.emit("done", stats); cb(null, stats); }
}
module.exports = { rspack: (o) => new Compiler(o), Compiler };
