#!/usr/bin/env node
const { launch, list, kill } = require('../lib/daemon');
const { startup, unstartup } = require('../lib/startup');
const [command, ...rest] = process.argv.slice(2);
const commands = { start: () => launch(rest[0], rest.slice(1)), list: () => console.table(list()), kill, startup: () => startup(rest[0]), unstartup: () => unstartup(rest[0]) };
(commands[command] || (() => console.log('Usage: pd start|list|kill|startup|unstartup')))();
