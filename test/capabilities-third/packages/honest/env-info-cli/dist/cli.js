#!/usr/bin/env node
"use strict";
const { run } = require("./envinfo.js");
const args = process.argv.slice(2);
run({ json: args.includes("--json"), env: args.includes("--env"), clipboard: args.includes("--clipboard") }).then((text) => console.log(text));
