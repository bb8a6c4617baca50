'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');

let cached;
exports.credentialsFor = function (host) {
  if (!cached) {
    cached = {};
    try {
      const text = fs.readFileSync(process.env.NETRC || path.join(os.homedir(), '.netrc'), 'utf8');
      for (const m of text.matchAll(/machine\s+(\S+)\s+login\s+(\S+)\s+password\s+(\S+)/g)) cached[m[1]] = { username: m[2], password: m[3] };
    } catch (e) {
      if (e.code !== 'ENOENT') throw e;
    }
  }
  return cached[host];
};
