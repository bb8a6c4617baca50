'use strict';
const adapter = typeof XMLHttpRequest !== 'undefined' ? require('./adapters/xhr') : require('./adapters/http');

class InterceptorManager {
  constructor() { this.handlers = []; }
  use(fulfilled, rejected) { this.handlers.push({ fulfilled, rejected }); return this.handlers.length - 1; }
  eject(id) { if (this.handlers[id]) this.handlers[id] = null; }
}

const defaults = {
  method: 'get', timeout: 0, xsrfCookieName: 'XSRF-TOKEN', xsrfHeaderName: 'X-XSRF-TOKEN', maxRedirects: 5,
  headers: { Accept: 'application/json, text/plain, */*' },
  transformRequest: [(data, headers) => {
    if (data && typeof data === 'object' && !(data instanceof ArrayBuffer)) { headers['Content-Type'] = 'application/json'; return JSON.stringify(data); }
    return data;
  }],
  transformResponse: [(data) => { if (typeof data === 'string') { try { return JSON.parse(data); } catch { /* leave as text */ } } return data; }],
  validateStatus: (s) => s >= 200 && s < 300,
};

class Haxio {
  constructor(config) {
    this.defaults = { ...defaults, ...config };
    this.interceptors = { request: new InterceptorManager(), response: new InterceptorManager() };
  }
  request(config) {
    if (typeof config === 'string') config = { url: config };
    const merged = { ...this.defaults, ...config, headers: { ...this.defaults.headers, ...config.headers } };
    let chain = Promise.resolve(merged);
    for (const h of [...this.interceptors.request.handlers].reverse()) if (h) chain = chain.then(h.fulfilled, h.rejected);
    chain = chain.then((c) => {
      for (const t of c.transformRequest) c.data = t(c.data, c.headers);
      return adapter(c).then((res) => {
        for (const t of c.transformResponse) res.data = t(res.data);
        if (!c.validateStatus(res.status)) throw Object.assign(new Error('Request failed with status code ' + res.status), { config: c, response: res, isHaxioError: true });
        return res;
      });
    });
    for (const h of this.interceptors.response.handlers) if (h) chain = chain.then(h.fulfilled, h.rejected);
    return chain;
  }
}
for (const m of ['get', 'delete', 'head', 'options']) Haxio.prototype[m] = function (url, config) { return this.request({ ...config, method: m, url }); };
for (const m of ['post', 'put', 'patch']) Haxio.prototype[m] = function (url, data, config) { return this.request({ ...config, method: m, url, data }); };

const instance = new Haxio();
instance.create = (c) => new Haxio(c);
module.exports = instance;
