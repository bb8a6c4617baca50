import fs from 'node:fs';
import path from 'node:path';
import https from 'node:https';
import process from 'node:process';
import { execSync } from 'node:child_process';

const { pkg, distTag, file } = JSON.parse(process.argv[2]);

function registry() {
  if (process.env.npm_config_registry) return process.env.npm_config_registry;
  try {
    return execSync('npm config get registry', { encoding: 'utf8' }).trim();
  } catch {
    return 'https://registry.example.test/';
  }
}

setTimeout(process.exit, 1000 * 30).unref();

const url = new URL(encodeURIComponent(pkg.name).replace(/^%40/, '@'), registry());
https.get(url, { headers: { accept: 'application/vnd.npm.install-v1+json', 'user-agent': `update-notifier node/${process.version} ${process.platform} ${process.arch}` } }, (res) => {
  let body = '';
  res.on('data', (c) => { body += c; });
  res.on('end', () => {
    const latest = JSON.parse(body)['dist-tags'][distTag];
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, JSON.stringify({ lastUpdateCheck: Date.now(), update: latest === pkg.version ? undefined : { latest, current: pkg.version, name: pkg.name } }));
  });
}).on('error', () => process.exit(1));
