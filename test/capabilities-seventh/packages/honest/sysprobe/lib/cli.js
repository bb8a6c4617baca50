#!/usr/bin/env node
require('./index').all().then((v) => console.log(JSON.stringify(v, null, 2)));
