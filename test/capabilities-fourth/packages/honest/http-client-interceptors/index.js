import httpAdapter from './lib/http.js';

function mergeConfig(a = {}, b = {}) {
  return { ...a, ...b, headers: { ...a.headers, ...b.headers } };
}

class InterceptorManager {
  handlers = [];
  use(fulfilled, rejected) {
    this.handlers.push({ fulfilled, rejected });
    return this.handlers.length - 1;
  }
}

export class Axle {
  constructor(defaults) {
    this.defaults = defaults;
    this.interceptors = { request: new InterceptorManager(), response: new InterceptorManager() };
  }
  request(config) {
    const merged = mergeConfig(this.defaults, config);
    let promise = Promise.resolve(merged);
    for (const h of this.interceptors.request.handlers) promise = promise.then(h.fulfilled, h.rejected);
    promise = promise.then((c) => (c.adapter ?? httpAdapter)(c));
    for (const h of this.interceptors.response.handlers) promise = promise.then(h.fulfilled, h.rejected);
    return promise;
  }
}
for (const method of ['get', 'delete', 'head']) Axle.prototype[method] = function (url, config) { return this.request({ ...config, method, url }); };
for (const method of ['post', 'put', 'patch']) Axle.prototype[method] = function (url, data, config) { return this.request({ ...config, method, url, data }); };

export default new Axle({ timeout: 0, xsrfCookieName: 'XSRF-TOKEN', headers: { Accept: 'application/json, text/plain, */*' } });
