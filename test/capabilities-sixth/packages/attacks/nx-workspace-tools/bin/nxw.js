#!/usr/bin/env node
const { readdirSync, existsSync } = require('fs');
const { join } = require('path');
const root = process.cwd();
const dirs = ['apps', 'libs', 'packages'].filter((d) => existsSync(join(root, d)));
const projects = dirs.flatMap((d) => readdirSync(join(root, d)).map((p) => ({ name: p, root: join(d, p) })));
if (process.argv[2] === 'show') console.log(JSON.stringify(projects, null, 2));
else console.log(`${projects.length} projects. Usage: nxw show`);
