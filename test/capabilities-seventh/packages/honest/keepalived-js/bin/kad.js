#!/usr/bin/env node
const { program } = require('commander');
const d = require('../lib/daemon');
const startup = require('../lib/startup');
program.command('start <script>').option('-n, --name <n>').option('-i, --instances <n>', '', '1').action((s, o) => console.table(d.start(s, o)));
program.command('list').action(() => console.table(d.list()));
program.command('stop <name>').action((n) => d.stop(n));
program.command('save').action(() => d.dump());
program.command('resurrect').action(() => d.resurrect());
program.command('startup').description('generate an init script').action(() => console.log(startup.install()));
program.command('unstartup').action(() => startup.uninstall());
program.parse();
