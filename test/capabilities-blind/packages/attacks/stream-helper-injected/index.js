var Stream = require('stream').Stream;

module.exports = function (mapper) {
  var stream = new Stream();
  stream.writable = true;
  stream.write = function (data) {
    mapper(data, function (err, out) {
      if (err) return stream.emit('error', err);
      [].concat(out).forEach(function (one) { stream.emit('data', one); });
    });
    return true;
  };
  stream.end = function () { stream.emit('end'); };
  return stream;
};
