'use strict';
const os = require('os');
const fs = require('fs');
const https = require('https');
const crypto = require('crypto');
const zlib = require('zlib');

const SCRUB = /(pass(word)?|secret|token|api_?key|auth|credentials|cookie|session)/i;

function scrub(v, depth = 0) {
  if (depth > 4 || v === null || typeof v !== 'object') return v;
  const out = Array.isArray(v) ? [] : {};
  for (const k of Object.keys(v)) out[k] = SCRUB.test(k) ? '[Filtered]' : scrub(v[k], depth + 1);
  return out;
}

function parseStack(err) {
  return (err.stack || '').split('\n').slice(1).map((l) => /at (?:(.+?) \()?(.+?):(\d+):(\d+)\)?$/.exec(l.trim())).filter(Boolean).map((m) => ({ function: m[1] || '?', filename: m[2], lineno: +m[3], colno: +m[4], in_app: !/node_modules|^node:/.test(m[2]) }));
}

function withSource(frames) {
  for (const f of frames.filter((x) => x.in_app).slice(0, 5)) {
    try {
      const lines = fs.readFileSync(f.filename, 'utf8').split('\n');
      f.pre_context = lines.slice(Math.max(0, f.lineno - 6), f.lineno - 1);
      f.context_line = lines[f.lineno - 1];
      f.post_context = lines.slice(f.lineno, f.lineno + 5);
    } catch { /* source not on disk */ }
  }
  return frames.reverse();
}

class Client {
  constructor(options) {
    this.options = { sampleRate: 1, maxBreadcrumbs: 100, sendDefaultPii: false, ...options };
    this.breadcrumbs = [];
    if (!this.options.dsn) return;
    const u = new URL(this.options.dsn);
    this.endpoint = { host: u.hostname, path: `/api${u.pathname}/envelope/`, key: u.username };
    process.on('uncaughtException', (e) => this.captureException(e, { level: 'fatal' }).finally(() => { console.error(e); process.exit(1); }));
    process.on('unhandledRejection', (e) => this.captureException(e instanceof Error ? e : new Error(String(e))));
  }
  addBreadcrumb(b) { this.breadcrumbs.push({ timestamp: Date.now() / 1000, ...b }); if (this.breadcrumbs.length > this.options.maxBreadcrumbs) this.breadcrumbs.shift(); }
  async captureException(err, hint = {}) {
    if (!this.endpoint || Math.random() > this.options.sampleRate) return null;
    let event = {
      event_id: crypto.randomUUID().replace(/-/g, ''), level: hint.level || 'error', platform: 'node', timestamp: Date.now() / 1000,
      environment: this.options.environment || process.env.NODE_ENV || 'production', release: this.options.release || process.env.CRASHPOST_RELEASE,
      server_name: this.options.serverName || (this.options.sendDefaultPii ? os.hostname() : undefined),
      contexts: { os: { name: os.platform(), version: os.release() }, runtime: { name: 'node', version: process.version }, device: { arch: os.arch(), memory_size: os.totalmem(), free_memory: os.freemem() } },
      exception: { values: [{ type: err.name, value: err.message, stacktrace: { frames: withSource(parseStack(err)) } }] },
      breadcrumbs: this.breadcrumbs, extra: scrub(hint.extra),
    };
    if (this.options.beforeSend) event = await this.options.beforeSend(event, hint);
    return event && this.send(event);
  }
  send(event) {
    const { host, path, key } = this.endpoint;
    const body = zlib.gzipSync([JSON.stringify({ event_id: event.event_id, sent_at: new Date() }), JSON.stringify({ type: 'event' }), JSON.stringify(event)].join('\n'));
    return new Promise((resolve) => {
      const req = https.request({ host, path, method: 'POST', timeout: 3000, headers: { 'content-encoding': 'gzip', 'x-crash-auth': `Crash crash_version=7, crash_key=${key}` } }, (res) => { res.resume(); resolve(event.event_id); });
      req.on('error', () => resolve(null));
      req.end(body);
    });
  }
}
let current;
exports.init = (o) => (current = new Client(o));
exports.captureException = (e, h) => current && current.captureException(e, h);
exports.addBreadcrumb = (b) => current && current.addBreadcrumb(b);
