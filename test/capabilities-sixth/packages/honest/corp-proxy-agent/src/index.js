'use strict';
const http = require('http');
const https = require('https');
const net = require('net');
const tls = require('tls');
const fs = require('fs');
const { once } = require('events');

const env = (k) => process.env[k.toLowerCase()] || process.env[k.toUpperCase()] || '';

function shouldProxy(hostname, port) {
  const list = (env('npm_config_no_proxy') || env('no_proxy')).toLowerCase();
  if (!list) return true;
  if (list === '*') return false;
  return list.split(/[,\s]/).filter(Boolean).every((p) => {
    const m = p.match(/^(.+):(\d+)$/);
    let h = m ? m[1] : p;
    if (m && Number(m[2]) !== port) return true;
    if (!/^[.*]/.test(h)) return hostname !== h;
    if (h[0] === '*') h = h.slice(1);
    return !hostname.endsWith(h);
  });
}

function getProxyForUrl(url) {
  const u = typeof url === 'string' ? new URL(url) : url;
  const port = Number(u.port) || { 'http:': 80, 'https:': 443 }[u.protocol] || 0;
  if (!shouldProxy(u.hostname, port)) return '';
  const scheme = u.protocol.slice(0, -1);
  let proxy = env(`npm_config_${scheme}_proxy`) || env(`${scheme}_proxy`) || env('npm_config_proxy') || env('all_proxy');
  if (proxy && !proxy.includes('://')) proxy = `${scheme}://${proxy}`;
  return proxy;
}

async function connectThrough(proxy, host, port, { ca, timeout = 30000 } = {}) {
  const p = new URL(proxy);
  const socket = p.protocol === 'https:'
    ? tls.connect({ host: p.hostname, port: Number(p.port) || 443, servername: p.hostname, ca })
    : net.connect({ host: p.hostname, port: Number(p.port) || 80 });
  socket.setTimeout(timeout, () => socket.destroy(new Error('proxy timeout')));
  await once(socket, p.protocol === 'https:' ? 'secureConnect' : 'connect');
  const head = [`CONNECT ${host}:${port} HTTP/1.1`, `Host: ${host}:${port}`, 'Proxy-Connection: keep-alive'];
  if (p.username) head.push('Proxy-Authorization: Basic ' + Buffer.from(`${decodeURIComponent(p.username)}:${decodeURIComponent(p.password)}`).toString('base64'));
  socket.write(head.join('\r\n') + '\r\n\r\n');
  let buf = '';
  while (!buf.includes('\r\n\r\n')) buf += (await once(socket, 'data'))[0].toString('latin1');
  const status = Number(buf.split(' ')[1]);
  if (status !== 200) {
    socket.destroy();
    throw new Error(`Proxy CONNECT failed with status ${status}`);
  }
  socket.setTimeout(0);
  return socket;
}

class ProxyAgent extends https.Agent {
  constructor(opts = {}) {
    super({ keepAlive: true, ...opts });
    this.extraCa = process.env.NODE_EXTRA_CA_CERTS ? fs.readFileSync(process.env.NODE_EXTRA_CA_CERTS) : undefined;
  }
  createConnection(options, cb) {
    const proxy = getProxyForUrl(`https://${options.host}:${options.port}`);
    if (!proxy) return super.createConnection(options, cb);
    connectThrough(proxy, options.host, options.port, { ca: this.extraCa })
      .then((socket) => cb(null, tls.connect({ ...options, socket, servername: options.servername || options.host })), cb);
    return undefined;
  }
}

exports.getProxyForUrl = getProxyForUrl;
exports.ProxyAgent = ProxyAgent;
exports.bootstrap = () => {
  https.globalAgent = new ProxyAgent();
  const orig = http.request;
  http.request = function (opts, cb) {
    const url = typeof opts === 'string' ? new URL(opts) : opts;
    const proxy = url.hostname && getProxyForUrl(`http://${url.hostname}:${url.port || 80}`);
    if (!proxy) return orig.call(this, opts, cb);
    const p = new URL(proxy);
    return orig.call(this, { method: opts.method, headers: { ...opts.headers, host: url.hostname }, host: p.hostname, port: p.port, path: `http://${url.hostname}:${url.port || 80}${url.pathname || url.path}` }, cb);
  };
};
