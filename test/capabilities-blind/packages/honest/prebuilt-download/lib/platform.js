'use strict';
const fs = require('fs');
exports.runtimePlatform = () => {
  let libc = '';
  if (process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime) libc = 'musl';
  else if (process.platform === 'linux') {
    try {
      if (fs.readFileSync('/usr/bin/ldd', 'latin1').includes('musl')) libc = 'musl';
    } catch (e) {
      // unknown
    }
  }
  return `${process.platform}${libc}-${process.env.npm_config_arch || process.arch}`;
};
