'use strict';
const path = require('path');
module.exports = path.join(__dirname, 'vendor', process.platform === 'win32' ? 'protoc.exe' : 'protoc');
