'use strict';
module.exports = (pg, tracer) => {
  const query = pg.Client.prototype.query;
  pg.Client.prototype.query = function (...args) {
    const text = typeof args[0] === 'string' ? args[0] : args[0] && args[0].text;
    const span = tracer.startSpan('pg.query', 'client').set('db.statement', String(text).replace(/'[^']*'/g, '?'));
    const r = query.apply(this, args);
    if (r && r.then) r.then(() => span.end(), (e) => { span.set('error', e.message); span.end(); });
    return r;
  };
};
