const os = require('os');
module.exports = () => ({ platform: os.platform(), arch: os.arch(), release: os.release() });
