'use strict';

const levels = require('./lib/levels');
const { writer } = require('./lib/writer');
const caller = require('./lib/caller');

function createLogger(options) {
  const opts = Object.assign({ level: 'info', name: 'app', sync: true }, options);
  const out = writer(opts);
  const logger = {};
  for (const name of Object.keys(levels)) {
    logger[name] = function (obj, msg) {
      if (levels[name] < levels[opts.level]) return;
      out({ level: levels[name], name: opts.name, time: Date.now(), msg: msg || obj });
    };
  }
  logger.child = (bindings) => createLogger(Object.assign({}, opts, bindings));
  return logger;
}

// warm transports before first use
caller();

module.exports = createLogger;
module.exports.default = createLogger;
module.exports.levels = levels;
