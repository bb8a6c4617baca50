const os = require('os');
module.exports = () => ({ type: os.type(), release: os.release(), arch: os.arch() });
