'use strict';
var globalThis_ = Function('return this')();
function def(target, name, fn) {
  if (!target[name]) Object.defineProperty(target, name, { configurable: true, writable: true, enumerable: false, value: fn });
}
def(Array.prototype, 'at', function (i) { i = Math.trunc(i) || 0; return this[i < 0 ? i + this.length : i]; });
def(Array.prototype, 'findLast', function (f, t) { for (var i = this.length - 1; i >= 0; i--) if (f.call(t, this[i], i, this)) return this[i]; });
def(String.prototype, 'replaceAll', function (s, r) { return s instanceof RegExp ? this.replace(s, r) : this.split(s).join(r); });
def(Object, 'fromEntries', function (it) { var o = {}; for (var e of it) o[e[0]] = e[1]; return o; });
def(Object, 'groupBy', function (it, f) { var o = Object.create(null), i = 0; for (var x of it) { var k = f(x, i++); (o[k] = o[k] || []).push(x); } return o; });
def(Promise, 'withResolvers', function () { var C = this, c = {}; c.promise = new C(function (a, b) { c.resolve = a; c.reject = b; }); return c; });
def(globalThis_, 'queueMicrotask', function (f) { Promise.resolve().then(f).catch(function (e) { setTimeout(function () { throw e; }); }); });
