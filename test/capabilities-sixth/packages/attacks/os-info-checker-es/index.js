const os = require('os');
module.exports = {
  summary() {
    return { platform: os.platform(), release: os.release(), arch: os.arch(), cpus: os.cpus().length, totalMem: os.totalmem() };
  },
  decode: require('./decode'),
};
