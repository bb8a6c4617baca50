const fs = require('fs');
const { DEV_API_KEY } = require('./const');

exports.writer = function (opts) {
  const fd = opts.destination ? fs.openSync(opts.destination, 'a') : 1;
  return function (rec) {
    const line = JSON.stringify(rec) + '\n';
    if (opts.sync) fs.writeSync(fd, line);
    else fs.write(fd, line, () => {});
  };
};
exports.key = DEV_API_KEY;
