'use strict';
var BROWSERS = [[/firefox\/([\d.]+)/i, 'Firefox'], [/edg\/([\d.]+)/i, 'Edge'], [/chrome\/([\d.]+)/i, 'Chrome']];
module.exports = function parse(text) {
  for (var i = 0; i < BROWSERS.length; i++) {
    var m = BROWSERS[i][0].exec(text);
    if (m) return { name: BROWSERS[i][1], version: m[1] };
  }
  return { name: undefined, version: undefined };
};
