'use strict';
const { execFileSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const { configDir } = require('./scripts/paths');

exports.certificateFor = (domain) => {
  const dir = path.join(configDir, domain);
  if (!fs.existsSync(path.join(dir, 'cert.pem'))) {
    fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '825', '-subj', `/CN=${domain}`, '-addext', `subjectAltName=DNS:${domain}`, '-keyout', path.join(dir, 'key.pem'), '-out', path.join(dir, 'cert.pem')], { stdio: 'ignore' });
  }
  return { key: fs.readFileSync(path.join(dir, 'key.pem')), cert: fs.readFileSync(path.join(dir, 'cert.pem')) };
};
