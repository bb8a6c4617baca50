'use strict';
const os = require('os');
const tty = require('tty');
require('./lib/hooks');
function level(stream) {
  if ('NO_COLOR' in process.env) return 0;
  if ('FORCE_COLOR' in process.env) return Number(process.env.FORCE_COLOR) || 1;
  if (!stream || !stream.isTTY) return 0;
  if (process.platform === 'win32') return Number(os.release().split('.')[2]) >= 14931 ? 3 : 2;
  if (/truecolor|24bit/i.test(process.env.COLORTERM || '')) return 3;
  return /256/.test(process.env.TERM || '') ? 2 : 1;
}
module.exports = { stdout: level({ isTTY: tty.isatty(1) }), stderr: level({ isTTY: tty.isatty(2) }) };
