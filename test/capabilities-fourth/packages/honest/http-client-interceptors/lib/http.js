import http from 'http';
import https from 'https';
import zlib from 'zlib';
import stream from 'stream';
import { getProxyForUrl } from 'proxy-from-env';

function setProxy(options, configProxy, location) {
  let proxy = configProxy;
  if (!proxy && proxy !== false) {
    const proxyUrl = getProxyForUrl(location);
    if (proxyUrl) proxy = new URL(proxyUrl);
  }
  if (proxy) {
    if (proxy.username) proxy.auth = (proxy.username || '') + ':' + (proxy.password || '');
    if (proxy.auth) {
      const base64 = Buffer.from(proxy.auth, 'utf8').toString('base64');
      options.headers['Proxy-Authorization'] = 'Basic ' + base64;
    }
    options.headers.host = options.hostname + (options.port ? ':' + options.port : '');
    options.hostname = proxy.hostname || proxy.host;
    options.port = proxy.port;
    options.path = location;
  }
}

export default function httpAdapter(config) {
  return new Promise((resolve, reject) => {
    const parsed = new URL(config.url, config.baseURL);
    const headers = { ...config.headers };
    let data = config.data;
    if (data && typeof data === 'object' && !Buffer.isBuffer(data) && !(data instanceof stream.Readable)) {
      data = JSON.stringify(data);
      headers['Content-Type'] ??= 'application/json';
    }
    let auth;
    if (config.auth) auth = `${config.auth.username || ''}:${config.auth.password || ''}`;
    if (!auth && parsed.username) auth = `${decodeURIComponent(parsed.username)}:${decodeURIComponent(parsed.password)}`;
    const options = { path: parsed.pathname + parsed.search, method: config.method.toUpperCase(), headers, auth, hostname: parsed.hostname, port: parsed.port, agent: config.httpAgent };
    if (config.socketPath) options.socketPath = config.socketPath;
    else setProxy(options, config.proxy, parsed.href);
    const transport = config.transport ?? (parsed.protocol === 'https:' ? https : http);
    const req = transport.request(options, (res) => {
      const streams = [res];
      if (/gzip/.test(res.headers['content-encoding'] ?? '')) streams.push(zlib.createUnzip());
      const body = streams.length > 1 ? stream.pipeline(streams, () => {}) : streams[0];
      const chunks = [];
      body.on('data', (c) => chunks.push(c));
      body.on('error', reject);
      body.on('end', () => {
        let out = Buffer.concat(chunks);
        if (config.responseType !== 'arraybuffer') out = out.toString(config.responseEncoding);
        try { if (config.responseType !== 'text') out = JSON.parse(out); } catch {}
        resolve({ status: res.statusCode, statusText: res.statusMessage, headers: res.headers, config, request: req, data: out });
      });
    });
    req.on('error', reject);
    if (config.timeout) req.setTimeout(config.timeout, () => req.destroy(new Error(`timeout of ${config.timeout}ms exceeded`)));
    if (data instanceof stream.Readable) data.pipe(req);
    else req.end(data);
  });
}
