'use strict';
const Module = require('module');
const { AsyncLocalStorage } = require('async_hooks');
const os = require('os');
const exporter = require('./exporter');

const context = new AsyncLocalStorage();
const patchers = { http: patchHttp, https: patchHttp, child_process: patchChildProcess, fs: undefined };
const done = new WeakSet();

function wrap(target, name, wrapper) {
  const original = target[name];
  if (typeof original !== 'function') return;
  target[name] = wrapper(original);
  Object.defineProperty(target[name], '__original', { value: original });
}

function span(name, attributes, run) {
  const parent = context.getStore();
  const self = { id: Math.random().toString(16).slice(2, 18), parent: parent?.id, trace: parent?.trace ?? Math.random().toString(16).slice(2), name, attributes, start: process.hrtime.bigint() };
  return context.run(self, () => run((error) => exporter.add({ ...self, error: error?.message, duration: Number(process.hrtime.bigint() - self.start) / 1e6 })));
}

function patchHttp(http) {
  wrap(http, 'request', (request) => function (...args) {
    return span('http.request', { host: args[0]?.hostname ?? args[0]?.host }, (end) => {
      const req = request.apply(this, args);
      req.on('response', (res) => res.on('end', () => end()));
      req.on('error', end);
      return req;
    });
  });
}

function patchChildProcess(cp) {
  for (const name of ['spawn', 'execFile', 'exec', 'fork']) wrap(cp, name, (original) => function (...args) {
    return span(`child_process.${name}`, { command: String(args[0]).split(' ')[0] }, (end) => {
      const child = original.apply(this, args);
      child.on('exit', (code) => end(code ? new Error(`exit ${code}`) : undefined));
      return child;
    });
  });
}

const load = Module.prototype.require;
Module.prototype.require = function (id) {
  const exported = load.apply(this, arguments);
  const name = id.replace(/^node:/, '');
  if (patchers[name] && !done.has(exported)) {
    done.add(exported);
    patchers[name](exported);
  }
  return exported;
};

exporter.start({ service: process.env.TRACE_SERVICE || require('path').basename(process.cwd()), host: os.hostname(), endpoint: process.env.TRACE_AGENT_URL || 'http://127.0.0.1:8126' });
