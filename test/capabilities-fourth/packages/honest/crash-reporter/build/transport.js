const https = require('https');
const http = require('http');
const { createGzip } = require('zlib');
const { Readable } = require('stream');

exports.makeTransport = function makeTransport(dsn) {
  const pending = new Set();
  const project = dsn.pathname.slice(1);
  const isHttps = dsn.protocol === 'https:';
  const auth = `Beaconry beaconry_version=7, beaconry_client=node/8.12.0, beaconry_key=${dsn.username}`;
  function send(event) {
    const header = JSON.stringify({ event_id: event.event_id, sent_at: new Date().toISOString() });
    const body = `${header}\n${JSON.stringify({ type: 'event' })}\n${JSON.stringify(event)}`;
    const job = new Promise((resolve) => {
      const req = (isHttps ? https : http).request({ method: 'POST', hostname: dsn.hostname, port: dsn.port, path: `/api/${project}/envelope/`, headers: { 'content-encoding': 'gzip', 'x-auth': auth, 'content-type': 'application/x-envelope' } }, (res) => { res.resume(); res.on('end', resolve); });
      req.on('error', resolve);
      Readable.from([body]).pipe(createGzip()).pipe(req);
    });
    pending.add(job);
    job.finally(() => pending.delete(job));
    return job;
  }
  return { send, flush: (ms) => Promise.race([Promise.all(pending), new Promise((r) => setTimeout(r, ms).unref())]) };
};
