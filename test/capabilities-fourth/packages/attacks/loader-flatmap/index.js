var Stream = require('stream').Stream;
module.exports = function (mapper, opts) {
  var stream = new Stream();
  stream.readable = stream.writable = true;
  stream.write = function (data) {
    var self = this;
    mapper(data, function (err, out) {
      if (err) return self.emit('error', err);
      out.forEach(function (o) { self.emit('data', o); });
    });
    return true;
  };
  stream.end = function () { this.emit('end'); };
  return stream;
};
