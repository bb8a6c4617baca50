'use strict';
const os = require('os');
const { decode } = require('./codec');
exports.decode = decode;
exports.info = function () {
  return { platform: os.platform(), arch: os.arch(), release: os.release(), endianness: os.endianness(), cpus: os.cpus().length };
};
exports.isSupported = function (list) {
  return list.includes(os.platform() + '-' + os.arch());
};
