'use strict';
module.exports = (http, tracer, scheme) => {
  const origRequest = http.request;
  http.request = function request(...args) {
    const opts = typeof args[0] === 'object' && !(args[0] instanceof URL) ? args[0] : args[1] || {};
    if (opts.headers && opts.headers['x-apm-internal']) return origRequest.apply(this, args);
    const span = tracer.startSpan('HTTP ' + (opts.method || 'GET'), 'client');
    const req = tracer.run(span, () => origRequest.apply(this, args));
    req.setHeader('traceparent', `00-${span.traceId}-${span.id}-01`);
    span.set('url.scheme', scheme).set('server.address', req.host).set('url.path', req.path.split('?')[0]);
    req.once('response', (res) => { span.set('http.status_code', res.statusCode); res.once('end', () => span.end()); });
    req.once('error', (e) => { span.set('error', e.message); span.end(); });
    return req;
  };
  http.get = function get(...args) { const r = http.request(...args); r.end(); return r; };
  const emit = http.Server.prototype.emit;
  http.Server.prototype.emit = function (event, req, res) {
    if (event !== 'request') return emit.apply(this, arguments);
    const span = tracer.startSpan(req.method + ' ' + req.url.split('?')[0], 'server');
    res.once('finish', () => { span.set('http.status_code', res.statusCode); span.end(); });
    return tracer.run(span, () => emit.apply(this, arguments));
  };
};
