'use strict';
const { request } = require('http');
const spans = [];
let options;

exports.add = (span) => spans.push(span);
exports.start = (given) => {
  options = given;
  setInterval(flush, 2000).unref();
  process.once('beforeExit', flush);
};

function flush() {
  if (!spans.length) return;
  const req = request(new URL('/v0.4/traces', options.endpoint), { method: 'PUT', headers: { 'content-type': 'application/json' } });
  req.on('error', () => {});
  req.end(JSON.stringify({ service: options.service, host: options.host, spans: spans.splice(0) }));
}
