'use strict';
const http = require('http');
const https = require('https');
const { Readable } = require('stream');
const { EventEmitter } = require('events');

const handlers = [];
let restore = [];

const match = (method, url) => handlers.find((h) => h.method === method && (h.url instanceof RegExp ? h.url.test(url) : h.url === url.split('?')[0]));

class FakeRequest extends EventEmitter {
  constructor(options, cb) {
    super();
    this.options = options;
    this.chunks = [];
    if (cb) this.once('response', cb);
  }
  write(c) { this.chunks.push(Buffer.from(c)); return true; }
  setTimeout() { return this; }
  end(c) {
    if (c) this.write(c);
    const { handler, url } = this.options;
    process.nextTick(async () => {
      const out = await handler.resolver({ url, method: handler.method, body: Buffer.concat(this.chunks).toString() });
      const res = Readable.from([typeof out.body === 'string' ? out.body : JSON.stringify(out.body)]);
      Object.assign(res, { statusCode: out.status || 200, headers: out.headers || { 'content-type': 'application/json' } });
      this.emit('response', res);
    });
    return this;
  }
}

function patchClient(mod, protocol) {
  const { request, get } = mod;
  const patched = function (...args) {
    const cb = args.find((a) => typeof a === 'function');
    const o = typeof args[0] === 'string' || args[0] instanceof URL ? { ...(new URL(args[0])), href: String(args[0]), ...(typeof args[1] === 'object' ? args[1] : {}) } : args[0];
    const url = o.href || `${protocol}//${o.hostname || o.host}${o.path || '/'}`;
    const handler = match((o.method || 'GET').toUpperCase(), url);
    if (handler) return new FakeRequest({ handler, url }, cb);
    return request.apply(mod, args);
  };
  mod.request = patched;
  mod.get = (...a) => { const r = patched(...a); r.end(); return r; };
  restore.push(() => Object.assign(mod, { request, get }));
}

exports.listen = function listen({ onUnhandledRequest = 'warn' } = {}) {
  patchClient(http, 'http:');
  patchClient(https, 'https:');
  const originalFetch = globalThis.fetch;
  globalThis.fetch = async function (input, init) {
    const req = new Request(input, init);
    const handler = match(req.method, req.url);
    if (!handler) {
      if (onUnhandledRequest === 'warn') console.warn(`[mockwire] intercepted a request without a handler: ${req.method} ${req.url}`);
      return originalFetch(input, init);
    }
    const out = await handler.resolver({ url: req.url, method: req.method, body: await req.clone().text() });
    return new Response(JSON.stringify(out.body), { status: out.status || 200, headers: out.headers });
  };
  restore.push(() => { globalThis.fetch = originalFetch; });
  if (globalThis.XMLHttpRequest) {
    const { open, send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (method, url, ...rest) { this.__mock = match(method.toUpperCase(), url); this.__url = url; return open.call(this, method, url, ...rest); };
    XMLHttpRequest.prototype.send = function (body) {
      if (!this.__mock) return send.call(this, body);
      Promise.resolve(this.__mock.resolver({ url: this.__url, body })).then((out) => {
        for (const [k, v] of Object.entries({ readyState: 4, status: out.status || 200, responseText: JSON.stringify(out.body), response: JSON.stringify(out.body) })) Object.defineProperty(this, k, { value: v, configurable: true });
        this.dispatchEvent(new Event('readystatechange'));
        this.dispatchEvent(new Event('load'));
      });
    };
    restore.push(() => Object.assign(XMLHttpRequest.prototype, { open, send }));
  }
};
exports.use = (...list) => handlers.unshift(...list);
exports.close = () => { restore.forEach((r) => r()); restore = []; };
for (const m of ['get', 'post', 'put', 'delete']) exports[m] = (url, resolver) => ({ method: m.toUpperCase(), url, resolver });
