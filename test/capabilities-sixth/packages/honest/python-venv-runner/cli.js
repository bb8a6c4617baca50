#!/usr/bin/env node
const fs = require('fs');
const { render } = require('./');
const [tpl, ctx] = process.argv.slice(2);
if (!tpl) { console.error('usage: pyrun template.j2 context.json'); process.exit(2); }
render(tpl, ctx ? JSON.parse(fs.readFileSync(ctx, 'utf8')) : {}).then((s) => process.stdout.write(s), (e) => { console.error(e.message); process.exit(1); });
