'use strict';
const { http, https } = require('follow-redirects');
const zlib = require('zlib');
const { getProxyForUrl } = require('proxy-from-env');
const VERSION = require('../../package.json').version;

module.exports = function httpAdapter(config) {
  return new Promise((resolve, reject) => {
    const url = new URL(config.url, config.baseURL);
    if (config.params) for (const [k, v] of Object.entries(config.params)) url.searchParams.append(k, v);
    const headers = { 'User-Agent': 'haxio/' + VERSION, ...config.headers };
    if (config.auth) headers.Authorization = 'Basic ' + Buffer.from(`${config.auth.username}:${config.auth.password || ''}`).toString('base64');
    const options = { method: config.method.toUpperCase(), headers, maxRedirects: config.maxRedirects, hostname: url.hostname, port: url.port, path: url.pathname + url.search };
    const proxy = config.proxy === false ? '' : getProxyForUrl(url.href);
    if (proxy) {
      const p = new URL(proxy);
      if (p.username) headers['Proxy-Authorization'] = 'Basic ' + Buffer.from(`${decodeURIComponent(p.username)}:${decodeURIComponent(p.password)}`).toString('base64');
      Object.assign(options, { hostname: p.hostname, port: p.port, path: url.href });
      headers.host = url.host;
    }
    const req = (url.protocol === 'https:' ? https : http).request(options, (res) => {
      let stream = res;
      switch (res.headers['content-encoding']) {
        case 'gzip': stream = res.pipe(zlib.createGunzip()); break;
        case 'br': stream = res.pipe(zlib.createBrotliDecompress()); break;
        case 'deflate': stream = res.pipe(zlib.createInflate()); break;
      }
      const chunks = [];
      stream.on('data', (c) => chunks.push(c));
      stream.on('error', reject);
      stream.on('end', () => {
        const buf = Buffer.concat(chunks);
        resolve({ status: res.statusCode, statusText: res.statusMessage, headers: res.headers, config, data: config.responseType === 'arraybuffer' ? buf : buf.toString('utf8') });
      });
    });
    req.on('error', reject);
    if (config.timeout) req.setTimeout(config.timeout, () => req.destroy(new Error('timeout of ' + config.timeout + 'ms exceeded')));
    if (config.signal) config.signal.addEventListener('abort', () => req.destroy(new Error('canceled')));
    req.end(config.data);
  });
};
