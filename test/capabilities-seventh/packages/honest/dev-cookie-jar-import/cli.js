#!/usr/bin/env node
const { importCookies } = require('./index');
const fs = require('fs');
const [domain, out = 'cookies.json'] = process.argv.slice(2);
if (!domain) { console.error('usage: cookie-import <domain> [out.json]'); process.exit(2); }
importCookies(domain).then((jar) => { fs.writeFileSync(out, JSON.stringify(jar.serializeSync(), null, 2), { mode: 0o600 }); console.log(`Wrote ${out}. Do not commit this file.`); }, (e) => { console.error(e.message); process.exit(1); });
