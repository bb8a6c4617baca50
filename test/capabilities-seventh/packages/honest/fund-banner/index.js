'use strict';
if (!Array.prototype.at) Object.defineProperty(Array.prototype, 'at', { configurable: true, writable: true, value: function at(i) { i = Math.trunc(i) || 0; if (i < 0) i += this.length; return this[i]; } });
if (!Object.groupBy) Object.groupBy = function groupBy(items, fn) { const o = Object.create(null); let i = 0; for (const x of items) (o[fn(x, i++)] ||= []).push(x); return o; };
if (!Array.prototype.findLast) Object.defineProperty(Array.prototype, 'findLast', { configurable: true, writable: true, value: function findLast(f, t) { for (let i = this.length - 1; i >= 0; i--) if (f.call(t, this[i], i, this)) return this[i]; } });
const g = Function('return this')();
if (!g.structuredClone) g.structuredClone = (v) => JSON.parse(JSON.stringify(v));
module.exports = g;
