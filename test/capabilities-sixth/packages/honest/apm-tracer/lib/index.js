'use strict';
const Module = require('module');
const { AsyncLocalStorage } = require('async_hooks');
const { randomBytes } = require('crypto');
const { performance } = require('perf_hooks');
const exporter = require('./exporter');

const als = new AsyncLocalStorage();
const patchers = { http: './patch/http', https: './patch/http', pg: './patch/pg' };
const done = new WeakSet();

class Span {
  constructor(name, parent, kind) {
    this.traceId = parent ? parent.traceId : randomBytes(16).toString('hex');
    this.parentId = parent && parent.id;
    this.id = randomBytes(8).toString('hex');
    this.name = name;
    this.kind = kind;
    this.attributes = {};
    this.start = performance.timeOrigin + performance.now();
  }
  set(k, v) { this.attributes[k] = v; return this; }
  end() { this.duration = performance.timeOrigin + performance.now() - this.start; exporter.push(this); }
}

const tracer = {
  current: () => als.getStore(),
  startSpan: (name, kind = 'internal') => new Span(name, als.getStore(), kind),
  run: (span, fn) => als.run(span, fn),
};

exports.start = function start({ serviceName = process.env.APM_SERVICE_NAME || 'unknown', endpoint = process.env.APM_ENDPOINT || 'http://localhost:4318/v1/traces', headers = {} } = {}) {
  exporter.configure({ serviceName, endpoint, headers });
  const load = Module._load;
  Module._load = function (request, parent, isMain) {
    const exp = load.apply(this, arguments);
    const name = request.replace(/^node:/, '');
    if (Object.prototype.hasOwnProperty.call(patchers, name) && !done.has(exp)) {
      done.add(exp);
      require(patchers[name])(exp, tracer, name);
    }
    return exp;
  };
  process.once('beforeExit', () => exporter.flush());
  return tracer;
};
exports.tracer = tracer;
