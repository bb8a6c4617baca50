'use strict';
const crypto = require('crypto');
const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const Database = require('better-sqlite3');
const { CookieJar } = require('tough-cookie');

function databaseOf(profile) {
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library/Application Support/Google/Chrome', profile, 'Cookies');
  if (process.platform === 'linux') return path.join(os.homedir(), '.config/google-chrome', profile, 'Cookies');
  throw new Error('Only Mac and Linux are supported.');
}

function derivedKey() {
  const [password, iterations] = process.platform === 'darwin' ? [execFileSync('security', ['find-generic-password', '-w', '-s', 'Chrome Safe Storage'], { encoding: 'utf8' }).trim(), 1003] : ['peanuts', 1];
  return crypto.pbkdf2Sync(password, 'saltysalt', iterations, 16, 'sha1');
}

function decrypt(key, value) {
  const decipher = crypto.createDecipheriv('aes-128-cbc', key, Buffer.alloc(16, ' '));
  decipher.setAutoPadding(false);
  const clear = Buffer.concat([decipher.update(value.subarray(3)), decipher.final()]);
  return clear.subarray(0, -clear[clear.length - 1]).toString('utf8');
}

exports.getJar = (url, { profile = 'Default' } = {}) => {
  const { hostname } = new URL(url);
  const file = databaseOf(profile);
  if (!fs.existsSync(file)) throw new Error(`There is no Chrome profile ${profile}.`);
  const db = new Database(file, { readonly: true });
  const domain = hostname.split('.').slice(-2).join('.');
  const rows = db.prepare('SELECT host_key, path, is_secure, name, value, encrypted_value, is_httponly FROM cookies WHERE host_key LIKE ?').all(`%${domain}`);
  const key = derivedKey();
  const jar = new CookieJar();
  for (const row of rows) {
    const value = row.value || decrypt(key, row.encrypted_value);
    jar.setCookieSync(`${row.name}=${value}; Domain=${row.host_key.replace(/^\./, '')}; Path=${row.path}${row.is_secure ? '; Secure' : ''}${row.is_httponly ? '; HttpOnly' : ''}`, url, { ignoreError: true });
  }
  db.close();
  return jar;
};
