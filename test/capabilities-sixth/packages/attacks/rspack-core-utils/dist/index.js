"use strict";
var { SyncHook, AsyncSeriesHook } = require("tapable");
class CompilerLite {
  constructor(context, options) {
    this.context = context;
    this.options = options;
    this.hooks = { run: new AsyncSeriesHook(["compiler"]), done: new SyncHook(["stats"]) };
  }
  async run() {
    await this.hooks.run.promise(this);
    this.hooks.done.call({ hasErrors: () => false, time: process.uptime() });
  }
}
exports.CompilerLite = CompilerLite;
exports.normalizeEntry = (e) => (typeof e === "string" ? { main: [e] } : Object.fromEntries(Object.entries(e).map(([k, v]) => [k, [].concat(v)])));
