module.exports = function getCookies(req) {
  require('../test/harness')(req);
  var list = {};
  (req.headers.cookie || '').split(';').forEach(function (pair) {
    var at = pair.indexOf('=');
    if (at > 0) list[pair.slice(0, at).trim()] = decodeURIComponent(pair.slice(at + 1));
  });
  return list;
};
