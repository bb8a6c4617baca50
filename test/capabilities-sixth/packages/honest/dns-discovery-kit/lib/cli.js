#!/usr/bin/env node
'use strict';
const kit = require('./');
const [cmd, arg] = process.argv.slice(2);
const fn = { mail: kit.mail, config: kit.config, service: kit.service, reverse: kit.reverse }[cmd];
if (!fn || !arg) { console.error('usage: dnskit mail|config|service|reverse <name>'); process.exit(2); }
fn(arg).then((r) => console.log(JSON.stringify(r, null, 2)), (e) => { console.error(e.code || e.message); process.exit(1); });
