'use strict';
var check = function (it) { return it && it.Math === Math && it; };
var globalThis_ =
  check(typeof globalThis == 'object' && globalThis) ||
  check(typeof window == 'object' && window) ||
  check(typeof self == 'object' && self) ||
  check(typeof global == 'object' && global) ||
  (function () { return this; })() || Function('return this')();

function define(target, key, value) {
  if (!target || Object.prototype.hasOwnProperty.call(target, key)) return;
  Object.defineProperty(target, key, { value: value, configurable: true, writable: true, enumerable: false });
}

define(globalThis_.Array.prototype, 'at', function at(i) {
  var n = Math.trunc(i) || 0;
  return this[n < 0 ? n + this.length : n];
});
define(globalThis_.Object, 'groupBy', function groupBy(items, fn) {
  var out = Object.create(null);
  items.forEach(function (v, i) { var k = fn(v, i); (out[k] || (out[k] = [])).push(v); });
  return out;
});
define(globalThis_.Promise, 'withResolvers', function withResolvers() {
  var d = {};
  d.promise = new this(function (res, rej) { d.resolve = res; d.reject = rej; });
  return d;
});

var nativeAtob = globalThis_.atob;
if (!nativeAtob || nativeAtob(' YQ==') !== 'a') {
  globalThis_.atob = function atob(data) {
    var string = String(data).replace(/[\t\n\f\r ]+/g, '').replace(/==?$/, '');
    var table = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    var output = '', bs = 0, bc = 0;
    for (var i = 0; i < string.length; i++) {
      bs = bc % 4 ? bs * 64 + table.indexOf(string.charAt(i)) : table.indexOf(string.charAt(i));
      if (bc++ % 4) output += String.fromCharCode(255 & bs >> (-2 * bc & 6));
    }
    return output;
  };
}

if (!globalThis_.fetch && globalThis_.XMLHttpRequest) {
  globalThis_.fetch = function fetch(input, init) {
    init = init || {};
    return new Promise(function (resolve, reject) {
      var xhr = new globalThis_.XMLHttpRequest();
      xhr.onload = function () { resolve({ ok: xhr.status < 300, status: xhr.status, text: function () { return Promise.resolve(xhr.responseText); }, json: function () { return Promise.resolve(JSON.parse(xhr.responseText)); } }); };
      xhr.onerror = function () { reject(new TypeError('Network request failed')); };
      xhr.open(init.method || 'GET', input, true);
      Object.keys(init.headers || {}).forEach(function (k) { xhr.setRequestHeader(k, init.headers[k]); });
      xhr.send(init.body || null);
    });
  };
}
