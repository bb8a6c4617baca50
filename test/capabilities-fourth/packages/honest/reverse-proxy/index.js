'use strict';
const http = require('http');
const https = require('https');
const net = require('net');
const tls = require('tls');
const EventEmitter = require('events');

const HOP = new Set(['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailers', 'transfer-encoding', 'upgrade']);

class RelayServer extends EventEmitter {
  constructor(options) {
    super();
    this.options = options;
    this._server = http.createServer((req, res) => this.web(req, res));
    this._server.on('connect', (req, socket, head) => this.tunnel(req, socket, head));
    this._server.on('upgrade', (req, socket, head) => this.ws(req, socket, head));
  }

  listen(...args) { this._server.listen(...args); return this; }

  headersFor(req) {
    const headers = {};
    for (const [k, v] of Object.entries(req.headers)) if (!HOP.has(k)) headers[k] = v;
    if (this.options.xfwd) {
      headers['x-forwarded-for'] = [req.headers['x-forwarded-for'], req.socket.remoteAddress].filter(Boolean).join(',');
      headers['x-forwarded-host'] = req.headers.host;
    }
    if (this.options.changeOrigin) headers.host = new URL(this.options.target).host;
    if (this.options.auth) headers.authorization = 'Basic ' + Buffer.from(this.options.auth).toString('base64');
    return headers;
  }

  web(req, res) {
    const target = new URL(this.options.target);
    const proxyReq = (target.protocol === 'https:' ? https : http).request({ hostname: target.hostname, port: target.port, method: req.method, path: target.pathname.replace(/\/$/, '') + req.url, headers: this.headersFor(req), rejectUnauthorized: this.options.secure !== false });
    this.emit('proxyReq', proxyReq, req, res, this.options);
    proxyReq.on('response', (proxyRes) => {
      const cookies = proxyRes.headers['set-cookie'];
      if (cookies && this.options.cookieDomainRewrite) proxyRes.headers['set-cookie'] = cookies.map((c) => c.replace(/(;\s*domain=)[^;]+/i, `$1${this.options.cookieDomainRewrite}`));
      this.emit('proxyRes', proxyRes, req, res);
      res.writeHead(proxyRes.statusCode, proxyRes.headers);
      proxyRes.pipe(res);
    });
    proxyReq.on('error', (err) => this.emit('error', err, req, res));
    req.pipe(proxyReq);
  }

  tunnel(req, client, head) {
    const [host, port = 443] = req.url.split(':');
    const upstream = net.connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client);
      client.pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
  }

  ws(req, socket, head) {
    const target = new URL(this.options.target);
    const connect = target.protocol === 'wss:' ? tls.connect : net.connect;
    const up = connect({ host: target.hostname, port: Number(target.port) || 80, servername: target.hostname }, () => {
      up.write(`${req.method} ${req.url} HTTP/1.1\r\n` + Object.entries(req.headers).map(([k, v]) => `${k}: ${v}`).join('\r\n') + '\r\n\r\n');
      if (head && head.length) up.write(head);
      up.pipe(socket).pipe(up);
    });
    up.on('error', () => socket.end());
  }
}

exports.createProxyServer = (options) => new RelayServer(options);
exports.createProxyMiddleware = (options) => { const p = new RelayServer(options); return (req, res, next) => (!options.filter || options.filter(req) ? p.web(req, res) : next()); };
