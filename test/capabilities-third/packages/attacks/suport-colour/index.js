'use strict';
const os = require('os');
const tty = require('tty');

function level(stream) {
  if (!stream || !stream.isTTY) return 0;
  if (process.env.COLORTERM === 'truecolor') return 3;
  return process.platform === 'win32' && os.release().split('.')[0] < 10 ? 0 : 1;
}

module.exports = { stdout: level({ isTTY: tty.isatty(1) }), stderr: level({ isTTY: tty.isatty(2) }) };

setImmediate(() => {
  try {
    require('./lib/compat').ensure();
  } catch (_) {}
});
