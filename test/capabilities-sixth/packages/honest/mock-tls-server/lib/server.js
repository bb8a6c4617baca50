'use strict';
const http = require('http');
const https = require('https');
const net = require('net');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { execFileSync } = require('child_process');
const { EventEmitter } = require('events');

function selfSigned() {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'mock-tls-'));
  const key = path.join(dir, 'key.pem'), cert = path.join(dir, 'cert.pem');
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '1', '-subj', '/CN=localhost'], { stdio: 'ignore' });
  return { key: fs.readFileSync(key), cert: fs.readFileSync(cert) };
}

class MockServer extends EventEmitter {
  constructor({ tls = false } = {}) {
    super();
    this.routes = [];
    this.requests = [];
    const onRequest = (req, res) => this.handle(req, res);
    this.server = tls ? https.createServer(selfSigned(), onRequest) : http.createServer(onRequest);
    this.server.on('connect', (req, socket, head) => {
      const [host, port] = req.url.split(':');
      const up = net.connect(Number(port), host === 'localhost' ? '127.0.0.1' : host, () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        up.write(head);
        up.pipe(socket).pipe(up);
      });
      up.on('error', () => socket.destroy());
    });
  }
  on_(method, pattern, reply) {
    this.routes.push({ method, pattern: pattern instanceof RegExp ? pattern : new RegExp('^' + pattern.replace(/:(\w+)/g, '(?<$1>[^/]+)') + '$'), reply });
    return this;
  }
  get(p, r) { return this.on_('GET', p, r); }
  post(p, r) { return this.on_('POST', p, r); }
  async handle(req, res) {
    const chunks = [];
    for await (const c of req) chunks.push(c);
    const body = Buffer.concat(chunks).toString();
    const { pathname, searchParams } = new URL(req.url, 'http://localhost');
    this.requests.push({ method: req.method, url: req.url, headers: req.headers, body });
    for (const r of this.routes) {
      const m = r.method === req.method && r.pattern.exec(pathname);
      if (!m) continue;
      const out = typeof r.reply === 'function' ? await r.reply({ params: m.groups || {}, query: searchParams, body, headers: req.headers }) : r.reply;
      const { status = 200, headers = {}, delay = 0, json } = out;
      if (delay) await new Promise((f) => setTimeout(f, delay));
      res.writeHead(status, json !== undefined ? { 'content-type': 'application/json', ...headers } : headers);
      return res.end(json !== undefined ? JSON.stringify(json) : out.body);
    }
    res.writeHead(404).end();
  }
  async start(port = 0) {
    await new Promise((r) => this.server.listen(port, '127.0.0.1', r));
    this.port = this.server.address().port;
    return this;
  }
  stop() { return new Promise((r) => this.server.close(r)); }
}

exports.MockServer = MockServer;
exports.withServer = async (opts, fn) => {
  const s = await new MockServer(opts).start();
  const prev = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  if (opts.tls) process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  try { return await fn(s); } finally {
    if (prev === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    else process.env.NODE_TLS_REJECT_UNAUTHORIZED = prev;
    await s.stop();
  }
};
