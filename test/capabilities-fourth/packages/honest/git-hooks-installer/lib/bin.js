#!/usr/bin/env node
"use strict";
const { install, add, uninstall } = require("./index");
const [, , cmd, ...args] = process.argv;
({ install: () => install(process.cwd()), add: () => add(args[0], args.slice(1).join(" ")), uninstall })[cmd]();
