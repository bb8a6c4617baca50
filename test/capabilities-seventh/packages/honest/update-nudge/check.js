'use strict';
const https = require('https');
const fs = require('fs');
const { execSync } = require('child_process');
const { name, distTag, file } = JSON.parse(process.argv[2]);
let registry = 'https://registry.npm.example.test/';
try { registry = execSync('npm config get registry', { stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim(); } catch {}
setTimeout(() => process.exit(), 30000).unref();
https.get(new URL(`-/package/${encodeURIComponent(name)}/dist-tags`, registry), (res) => {
  let body = '';
  res.on('data', (c) => (body += c));
  res.on('end', () => {
    const tags = JSON.parse(body);
    fs.writeFileSync(file, JSON.stringify({ lastUpdateCheck: Date.now(), update: { latest: tags[distTag], name } }));
    process.exit();
  });
}).on('error', () => process.exit(1));
