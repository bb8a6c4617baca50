module.exports = function (argv) {
  var out = { _: [] };
  argv.forEach(function (arg) {
    var m = /^--([^=]+)(?:=(.*))?$/.exec(arg);
    if (m) out[m[1]] = m[2] === undefined ? true : m[2];
    else out._.push(arg);
  });
  return out;
};
