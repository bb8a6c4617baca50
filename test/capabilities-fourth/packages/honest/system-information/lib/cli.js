#!/usr/bin/env node
const si = require('./index');
Promise.all([si.system(), si.osInfo(), si.networkInterfaces(), si.users(), si.uuid(), si.dockerInfo()]).then((r) => console.log(JSON.stringify(r, null, 2)));
