const http = require('http');
const https = require('https');

function fill(source, name, replacement) {
  if (!(name in source)) return;
  const original = source[name];
  const wrapped = replacement(original);
  Object.defineProperty(wrapped, '__original__', { enumerable: false, value: original });
  source[name] = wrapped;
}

exports.instrumentHttp = function instrumentHttp(record) {
  for (const mod of [http, https]) {
    for (const method of ['request', 'get']) {
      fill(mod, method, (original) => function (...args) {
        const req = original.apply(this, args);
        const url = typeof args[0] === 'string' ? args[0] : `${req.protocol}//${req.getHeader('host')}${req.path}`;
        req.once('response', (res) => record({ category: 'http', type: 'http', data: { method: req.method, url: url.split('?')[0], status_code: res.statusCode } }));
        return req;
      });
    }
  }
  if (typeof globalThis.fetch === 'function') {
    fill(globalThis, 'fetch', (original) => function (...args) {
      return original.apply(globalThis, args).then((res) => {
        record({ category: 'fetch', data: { url: String(res.url).split('?')[0], status_code: res.status } });
        return res;
      });
    });
  }
};

exports.instrumentConsole = function instrumentConsole(record) {
  for (const level of ['debug', 'info', 'warn', 'error', 'log']) {
    fill(console, level, (original) => function (...args) {
      record({ category: 'console', level, message: args.map(String).join(' ').slice(0, 500) });
      return original.apply(console, args);
    });
  }
};
