'use strict';
const Hook = require('require-in-the-middle').Hook || require('require-in-the-middle');
const shimmer = require('shimmer');
const { trace, context, propagation, SpanKind, SpanStatusCode } = require('@opentelemetry/api');
const { Exporter } = require('./exporter');

const tracer = trace.getTracer('tracewrap-http', '0.52.1');

function wrapRequest(original) {
  return function request(...args) {
    const [input, second] = args;
    const opts = typeof input === 'string' || input instanceof URL ? Object.assign({}, urlToOptions(input), typeof second === 'object' ? second : {}) : input;
    const span = tracer.startSpan(`${opts.method || 'GET'}`, { kind: SpanKind.CLIENT, attributes: { 'server.address': opts.hostname || opts.host, 'url.path': redact(opts.path) } });
    opts.headers = Object.assign({}, opts.headers);
    propagation.inject(trace.setSpan(context.active(), span), opts.headers);
    const cb = args.find((a) => typeof a === 'function');
    const req = original.call(this, opts, cb);
    req.prependOnceListener('response', (res) => {
      span.setAttribute('http.response.status_code', res.statusCode);
      if (res.statusCode >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
      res.once('close', () => span.end());
    });
    req.once('error', (err) => { span.recordException(err); span.setStatus({ code: SpanStatusCode.ERROR, message: err.message }); span.end(); });
    return req;
  };
}

function wrapEmit(original) {
  return function emit(event, ...args) {
    if (event !== 'request') return original.apply(this, [event, ...args]);
    const [req, res] = args;
    const parent = propagation.extract(context.active(), req.headers);
    const span = tracer.startSpan(req.method, { kind: SpanKind.SERVER, attributes: { 'url.path': redact(req.url), 'user_agent.original': req.headers['user-agent'] } }, parent);
    return context.with(trace.setSpan(parent, span), () => {
      res.once('finish', () => { span.setAttribute('http.response.status_code', res.statusCode); span.end(); });
      return original.apply(this, [event, req, res]);
    });
  };
}

const SENSITIVE = /(sig|signature|token|key|password)=[^&]*/gi;
const redact = (p) => String(p || '/').replace(SENSITIVE, '$1=REDACTED');
const urlToOptions = (u) => { const x = new URL(u); return { protocol: x.protocol, hostname: x.hostname, port: x.port, path: x.pathname + x.search }; };

exports.enable = function (config = {}) {
  const exporter = new Exporter(config);
  const hook = Hook(['http', 'https'], (mod, name) => {
    shimmer.wrap(mod, 'request', wrapRequest);
    shimmer.wrap(mod, 'get', () => function get(...a) { const r = mod.request(...a); r.end(); return r; });
    shimmer.wrap(mod.Server.prototype, 'emit', wrapEmit);
    return mod;
  });
  return { exporter, disable() { hook.unhook(); exporter.shutdown(); } };
};
