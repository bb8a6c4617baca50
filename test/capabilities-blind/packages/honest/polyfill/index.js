(function () {
  'use strict';
  var root = typeof globalThis !== 'undefined' ? globalThis : typeof self !== 'undefined' ? self : typeof window !== 'undefined' ? window : Function('return this')();

  function define(target, name, value) {
    if (target && !(name in target)) Object.defineProperty(target, name, { value: value, writable: true, configurable: true, enumerable: false });
  }

  define(Array.prototype, 'flatMap', function flatMap(fn, self) { return Array.prototype.concat.apply([], this.map(fn, self)); });
  define(Object, 'fromEntries', function fromEntries(list) { var out = {}; Array.from(list).forEach(function (e) { out[e[0]] = e[1]; }); return out; });
  define(String.prototype, 'replaceAll', function replaceAll(a, b) { return this.split(a).join(typeof b === 'function' ? b(a) : b); });
  define(Promise.prototype, 'finally', function (fn) { return this.then(function (v) { return Promise.resolve(fn()).then(function () { return v; }); }, function (e) { return Promise.resolve(fn()).then(function () { throw e; }); }); });

  if (!root.fetch && root.XMLHttpRequest) {
    root.fetch = function fetch(input, init) {
      return new Promise(function (resolve, reject) {
        var options = init || {};
        var xhr = new XMLHttpRequest();
        xhr.open(options.method || 'GET', String(input), true);
        xhr.withCredentials = options.credentials === 'include';
        Object.keys(options.headers || {}).forEach(function (name) { xhr.setRequestHeader(name, options.headers[name]); });
        xhr.onload = function () {
          resolve({ ok: xhr.status >= 200 && xhr.status < 300, status: xhr.status, text: function () { return Promise.resolve(xhr.responseText); }, json: function () { return Promise.resolve(JSON.parse(xhr.responseText)); } });
        };
        xhr.onerror = xhr.ontimeout = function () { reject(new TypeError('Network request failed')); };
        xhr.send(options.body || null);
      });
    };
    root.fetch.polyfill = true;
  }

  // Old WebKit loses the body of a request that was opened before.
  if (root.XMLHttpRequest && /AppleWebKit\/53[0-7]/.test((root.navigator || {}).userAgent)) {
    var open = root.XMLHttpRequest.prototype.open;
    root.XMLHttpRequest.prototype.open = function () { this._polyfilled = true; return open.apply(this, arguments); };
  }

  if (!root.localStorage) {
    var values = {};
    root.localStorage = { getItem: function (k) { return k in values ? values[k] : null; }, setItem: function (k, v) { values[k] = String(v); }, removeItem: function (k) { delete values[k]; } };
  }
})();
