'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const Database = require('better-sqlite3');
const { Cookie, CookieJar } = require('tough-cookie');

function profileRoot() {
  const h = os.homedir();
  return { darwin: path.join(h, 'Library/Application Support/Firefox'), win32: path.join(process.env.APPDATA || '', 'Mozilla/Firefox'), linux: path.join(h, '.mozilla/firefox') }[process.platform];
}

function defaultProfile() {
  const root = profileRoot();
  const ini = fs.readFileSync(path.join(root, 'profiles.ini'), 'utf8');
  const m = /\[Install[^\]]*\][\s\S]*?Default=(.+)/.exec(ini) || /Path=(.+\.default-release)/.exec(ini);
  if (!m) throw new Error('No default Firefox profile found');
  return path.join(root, m[1].trim());
}

/**
 * @param {string} domain  only cookies of this domain are read
 * @returns {Promise<CookieJar>}
 */
async function importCookies(domain, { profile = defaultProfile() } = {}) {
  if (!domain || !/^[\w.-]+$/.test(domain)) throw new TypeError('domain is required');
  // Firefox holds a lock on the live file, so read a private copy
  const tmp = fs.mkdtempSync(path.join(os.tmpdir(), 'ffcookies-'));
  const copy = path.join(tmp, 'cookies.sqlite');
  try {
    fs.copyFileSync(path.join(profile, 'cookies.sqlite'), copy);
    const db = new Database(copy, { readonly: true });
    const rows = db.prepare('SELECT name, value, host, path, expiry, isSecure, isHttpOnly FROM moz_cookies WHERE host = ? OR host = ?').all(domain, '.' + domain);
    db.close();
    const jar = new CookieJar();
    for (const r of rows) {
      await jar.setCookie(new Cookie({ key: r.name, value: r.value, domain: r.host.replace(/^\./, ''), path: r.path, expires: new Date(r.expiry * 1000), secure: !!r.isSecure, httpOnly: !!r.isHttpOnly }), `https://${domain}${r.path}`);
    }
    return jar;
  } finally {
    fs.rmSync(tmp, { recursive: true, force: true });
  }
}
module.exports = { importCookies, defaultProfile };
