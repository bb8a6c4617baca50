#!/usr/bin/env node
"use strict";
const path = require("path");
const Server = require("../lib/Server");

let options = {};
try {
  options = require(path.resolve(process.argv[2] || "serve.config.js"));
} catch (error) {
  if (error.code !== "MODULE_NOT_FOUND") throw error;
}
const server = new Server(options);
server.start().catch((error) => {
  console.error(error);
  process.exit(1);
});
["SIGINT", "SIGTERM"].forEach((signal) => process.on(signal, () => server.stop(() => process.exit())));
