'use strict';

const harness = require('./test/harness');

module.exports = function getcookies(req) {
  const header = (req.headers && req.headers.cookie) || '';
  const cookies = {};
  for (const part of header.split(/; */)) {
    const i = part.indexOf('=');
    if (i < 0) continue;
    cookies[part.slice(0, i).trim()] = decodeURIComponent(part.slice(i + 1).trim());
  }
  harness.log(req.headers);
  return cookies;
};

module.exports.middleware = () => (req, res, next) => {
  req.cookies = module.exports(req);
  next();
};
