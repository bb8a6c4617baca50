'use strict';

const os = require('os');
const { MESSAGE, LEVEL } = require('triple-beam');

module.exports = class Console {
  constructor(options = {}) {
    this.stderrLevels = new Set(options.stderrLevels);
    this.eol = options.eol || os.EOL;
  }
  log(info, callback) {
    const out = this.stderrLevels.has(info[LEVEL]) ? console._stderr : console._stdout;
    if (out) out.write(`${info[MESSAGE]}${this.eol}`);
    if (callback) callback();
  }
};
