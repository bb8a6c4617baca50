'use strict';
const os = require('os');
const http = require('http');
const https = require('https');
const { parseStack, addSource } = require('./stack');

const SCRUB = /pass(word|wd)?|secret|token|api[-_]?key|authorization|cookie|credit|ssn/i;

function scrub(value, depth = 0) {
  if (depth > 4 || value === null || typeof value !== 'object') return value;
  const out = Array.isArray(value) ? [] : {};
  for (const k of Object.keys(value)) out[k] = SCRUB.test(k) ? '[Filtered]' : scrub(value[k], depth + 1);
  return out;
}

class Courier {
  constructor({ dsn, release, environment = process.env.NODE_ENV, sampleRate = 1, beforeSend = (e) => e }) {
    const u = new URL(dsn);
    this.key = u.username;
    u.username = '';
    this.url = new URL(`/api${u.pathname}/store/`, u);
    Object.assign(this, { release, environment, sampleRate, beforeSend });
    this.breadcrumbs = [];
    this.tags = {};
  }

  install() {
    process.on('uncaughtException', (err) => {
      this.capture(err, { level: 'fatal' }).finally(() => {
        console.error(err);
        process.exit(1);
      });
    });
    process.on('unhandledRejection', (reason) => {
      this.capture(reason instanceof Error ? reason : new Error(String(reason)), { level: 'error' });
    });
    for (const level of ['warn', 'error']) {
      const orig = console[level];
      console[level] = (...args) => {
        this.addBreadcrumb({ category: 'console', level, message: args.map(String).join(' ').slice(0, 512) });
        orig.apply(console, args);
      };
    }
    return this;
  }

  addBreadcrumb(b) {
    this.breadcrumbs.push({ timestamp: Date.now() / 1000, ...b });
    if (this.breadcrumbs.length > 50) this.breadcrumbs.shift();
  }

  setTag(k, v) { this.tags[k] = v; }

  async capture(err, { level = 'error', request, user } = {}) {
    if (Math.random() > this.sampleRate) return null;
    const frames = await addSource(parseStack(err.stack));
    const event = this.beforeSend({
      event_id: require('crypto').randomBytes(16).toString('hex'),
      timestamp: new Date().toISOString(),
      platform: 'node',
      level,
      release: this.release,
      environment: this.environment,
      server_name: os.hostname(),
      contexts: { os: { name: os.type(), version: os.release() }, runtime: { name: 'node', version: process.version } },
      exception: { values: [{ type: err.name, value: err.message, stacktrace: { frames } }] },
      breadcrumbs: this.breadcrumbs,
      tags: this.tags,
      request: request && { url: request.url, method: request.method, headers: scrub(request.headers) },
      user: user && { id: user.id },
    });
    return event && this._send(event);
  }

  _send(event) {
    return new Promise((resolve) => {
      const mod = this.url.protocol === 'https:' ? https : http;
      const req = mod.request(this.url, {
        method: 'POST',
        timeout: 3000,
        headers: { 'Content-Type': 'application/json', 'X-Courier-Auth': `Courier key=${this.key}` },
      }, (res) => { res.resume(); resolve(event.event_id); });
      req.on('error', () => resolve(null));
      req.end(JSON.stringify(event));
    });
  }
}

exports.init = (opts) => new Courier(opts).install();
exports.Courier = Courier;
exports.scrub = scrub;
