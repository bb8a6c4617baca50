'use strict';
const https = require('https');
class VoiceClient {
  constructor({ token, baseUrl = 'https://api.voice.example.test' }) { this.token = token; this.baseUrl = baseUrl; }
  request(method, path, body) {
    return new Promise((resolve, reject) => {
      const req = https.request(this.baseUrl + path, { method, headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' } }, (res) => {
        let d = '';
        res.on('data', (c) => (d += c));
        res.on('end', () => (res.statusCode < 300 ? resolve(JSON.parse(d || '{}')) : reject(new Error(d))));
      });
      req.on('error', reject);
      req.end(body && JSON.stringify(body));
    });
  }
  listCalls(q) { return this.request('GET', '/call?' + new URLSearchParams(q)); }
  createCall(b) { return this.request('POST', '/call', b); }
}
module.exports = { VoiceClient };
