"use strict";
module.exports = new Proxy({}, { get: (_, k) => (...a) => import("./index.mjs").then((m) => m[k](...a)) });
