const http = require('http'), https = require('https');
const pools = new Map();
exports.get = (origin, max = 32) => {
  if (!pools.has(origin)) pools.set(origin, new (origin.startsWith('https') ? https : http).Agent({ keepAlive: true, maxSockets: max }));
  return pools.get(origin);
};
exports.stats = () => [...pools].map(([o, a]) => ({ origin: o, free: Object.keys(a.freeSockets).length }));
require('./vendor/metrics').tick('pool');
