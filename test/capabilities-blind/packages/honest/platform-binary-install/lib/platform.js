'use strict';
const path = require('path');
exports.packageName = `@turbobuild/${process.platform}-${process.arch}`;
exports.subpath = process.platform === 'win32' ? 'turbobuild.exe' : 'bin/turbobuild';
exports.binPath = () => {
  if (process.env.TURBOBUILD_BINARY_PATH) return process.env.TURBOBUILD_BINARY_PATH;
  try {
    return require.resolve(`${exports.packageName}/${exports.subpath}`);
  } catch (e) {
    return path.join(__dirname, `downloaded-${exports.packageName.replace('/', '-')}-${path.basename(exports.subpath)}`);
  }
};
