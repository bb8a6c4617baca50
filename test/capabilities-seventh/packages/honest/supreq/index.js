'use strict';
const http = require('http');
const https = require('https');
const assert = require('assert');
const { isDeepStrictEqual, inspect } = require('util');

class Test {
  constructor(app, method, path) {
    this.method = method.toUpperCase();
    this.path = path;
    this.headers = {};
    this.asserts = [];
    if (typeof app === 'function') this.server = http.createServer(app).listen(0);
    else this.server = app.address() ? app : app.listen(0);
    this.owned = typeof app === 'function';
  }
  set(k, v) { this.headers[k.toLowerCase()] = v; return this; }
  auth(user, pass) { return this.set('authorization', 'Basic ' + Buffer.from(`${user}:${pass}`).toString('base64')); }
  query(q) { this.path += (this.path.includes('?') ? '&' : '?') + new URLSearchParams(q); return this; }
  send(body) { if (typeof body === 'object' && !Buffer.isBuffer(body)) { this.set('content-type', 'application/json'); body = JSON.stringify(body); } this.body = body; return this; }
  expect(a, b) {
    if (typeof a === 'function') this.asserts.push(a);
    else if (typeof a === 'number') { this.asserts.push((r) => assert.strictEqual(r.status, a, `expected ${a} "${http.STATUS_CODES[a]}", got ${r.status} "${http.STATUS_CODES[r.status]}"`)); if (b !== undefined) this.expect(b); } else if (typeof a === 'string' && b !== undefined) this.asserts.push((r) => { const v = r.headers[a.toLowerCase()]; assert(b instanceof RegExp ? b.test(v) : v === String(b), `expected "${a}" of "${b}", got "${v}"`); });
    else this.asserts.push((r) => assert(a instanceof RegExp ? a.test(r.text) : isDeepStrictEqual(typeof a === 'string' ? r.text : r.body, a), `expected ${inspect(a)} response body, got ${inspect(r.body || r.text)}`));
    return this;
  }
  run() {
    const { port } = this.server.address();
    const secure = this.server instanceof https.Server;
    return new Promise((resolve, reject) => {
      const req = (secure ? https : http).request({ host: '127.0.0.1', port, method: this.method, path: this.path, headers: this.headers, rejectUnauthorized: false }, (res) => {
        const chunks = [];
        res.on('data', (c) => chunks.push(c));
        res.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          let body = {};
          try { if (/json/.test(res.headers['content-type'])) body = JSON.parse(text); } catch { /* keep text */ }
          const r = { status: res.statusCode, headers: res.headers, text, body };
          if (this.owned) this.server.close();
          try { this.asserts.forEach((f) => f(r)); resolve(r); } catch (e) { reject(e); }
        });
      });
      req.on('error', reject);
      req.end(this.body);
    });
  }
  then(a, b) { return this.run().then(a, b); }
  end(fn) { this.run().then((r) => fn(null, r), fn); }
}
module.exports = (app) => Object.fromEntries(['get', 'post', 'put', 'patch', 'delete', 'head', 'options'].map((m) => [m, (p) => new Test(app, m, p)]));
module.exports.Test = Test;
