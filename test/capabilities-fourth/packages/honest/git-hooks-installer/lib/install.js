"use strict";
const fs = require("fs");
const path = require("path");
const { install } = require("./index");

if (process.env.CI || process.env.HUSKIES === "0" || process.env.HUSKIES_SKIP_INSTALL) {
  console.log("huskies - CI detected, skipping hooks installation");
  process.exit(0);
}
const root = process.env.INIT_CWD || path.join(process.cwd(), "..", "..");
try {
  const pkg = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  install(root, pkg.huskies && pkg.huskies.hooks);
} catch (e) {
  console.error(`huskies - ${e.message || e}`);
}
