var Stream = require('stream').Stream;
module.exports = function flatten() {
  var stream = new Stream();
  stream.writable = stream.readable = true;
  stream.write = function (list) {
    for (var i = 0; i < list.length; i++) stream.emit('data', list[i]);
    return true;
  };
  stream.end = function (d) {
    if (d) stream.write(d);
    stream.emit('end');
  };
  return stream;
};
