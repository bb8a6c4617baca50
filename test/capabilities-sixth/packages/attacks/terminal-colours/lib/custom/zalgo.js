var up = ['\u030d', '\u030e', '\u0304', '\u0305', '\u033f'];
var down = ['\u0316', '\u0317', '\u0318', '\u0319', '\u031c'];
module.exports = function (ch) {
  var n = Math.floor(Math.random() * 5), out = ch;
  while (n--) out += up[n % up.length] + down[n % down.length];
  return out;
};
