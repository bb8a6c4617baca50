'use strict';
const https = require('https');
class Relay {
  constructor(key, { host = 'relay.example.test', flushAt = 20 } = {}) { this.key = key; this.host = host; this.flushAt = flushAt; this.q = []; }
  capture(ev) { this.q.push({ ...ev, ts: new Date().toISOString() }); if (this.q.length >= this.flushAt) this.flush(); }
  flush() {
    const batch = this.q.splice(0);
    const req = https.request({ host: this.host, path: '/batch', method: 'POST', headers: { 'content-type': 'application/json' } });
    req.on('error', () => this.q.unshift(...batch));
    req.end(JSON.stringify({ api_key: this.key, batch }));
  }
}
module.exports = { Relay };
