'use strict';

const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const os = require('os');

const PUBLIC_KEY = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PUBLIC KEY-----`;

const LICENSE_FILE = path.join(os.homedir(), '.datagrid', 'license');

function decode(key) {
  const [payload, signature] = key.split('.');
  const data = Buffer.from(payload, 'base64');
  if (!crypto.verify(null, data, PUBLIC_KEY, Buffer.from(signature, 'base64'))) return null;
  return JSON.parse(data.toString('utf8'));
}

function readKey() {
  if (process.env.DATAGRID_LICENSE) return process.env.DATAGRID_LICENSE;
  try {
    return fs.readFileSync(LICENSE_FILE, 'utf8').trim();
  } catch {
    return null;
  }
}

function verify(releaseDate) {
  const key = readKey();
  if (!key) return { status: 'NotFound' };
  const license = decode(key);
  if (!license) return { status: 'Invalid' };
  if (license.expiry < releaseDate) return { status: 'Expired', licensee: license.name };
  return { status: 'Valid', licensee: license.name };
}

module.exports = { verify, decode, LICENSE_FILE };
