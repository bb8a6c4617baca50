'use strict';

const http = require('http');
const https = require('https');
const zlib = require('zlib');
const { proxyFor } = require('./proxy');
const { credentialsFor } = require('./netrc');
const { version } = require('../package.json');

function headersOf(config, url) {
  const headers = Object.assign({ accept: 'application/json, text/plain, */*', 'accept-encoding': 'gzip, br', 'user-agent': `plainreq/${version}` }, config.headers);
  const auth = config.auth || credentialsFor(url.hostname);
  if (auth && !headers.authorization) headers.authorization = `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`;
  return headers;
}

module.exports = function request(config) {
  const url = new URL(config.url, config.baseURL);
  const body = config.data === undefined ? undefined : typeof config.data === 'string' || Buffer.isBuffer(config.data) ? config.data : JSON.stringify(config.data);
  const proxy = proxyFor(url);
  const transport = (proxy || url).protocol === 'https:' ? https : http;
  const options = { method: config.method || 'GET', headers: headersOf(config, url), timeout: config.timeout };
  if (proxy) {
    Object.assign(options, { hostname: proxy.hostname, port: proxy.port, path: url.href });
    options.headers.host = url.host;
  } else Object.assign(options, { hostname: url.hostname, port: url.port, path: url.pathname + url.search });

  return new Promise((resolve, reject) => {
    const req = transport.request(options, (res) => {
      const encoding = res.headers['content-encoding'];
      const stream = encoding === 'gzip' ? res.pipe(zlib.createGunzip()) : encoding === 'br' ? res.pipe(zlib.createBrotliDecompress()) : res;
      const chunks = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('error', reject);
      stream.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        let data = text;
        try {
          data = JSON.parse(text);
        } catch (e) {
          // not JSON
        }
        const response = { status: res.statusCode, headers: res.headers, data, config };
        if (res.statusCode >= 200 && res.statusCode < 300) resolve(response);
        else reject(Object.assign(new Error(`Request failed with status code ${res.statusCode}`), { response }));
      });
    });
    req.on('timeout', () => req.destroy(new Error(`timeout of ${config.timeout} ms exceeded`)));
    req.on('error', reject);
    req.end(body);
  });
};
['get', 'delete', 'head'].forEach((method) => (module.exports[method] = (url, config) => module.exports({ ...config, method: method.toUpperCase(), url })));
['post', 'put', 'patch'].forEach((method) => (module.exports[method] = (url, data, config) => module.exports({ ...config, method: method.toUpperCase(), url, data })));
