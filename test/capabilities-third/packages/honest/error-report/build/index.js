'use strict';
Object.defineProperty(exports, '__esModule', { value: true });
const os = require('os');
const fs = require('fs');
const http = require('http');
const https = require('https');
const { execFile } = require('child_process');

let client;
const breadcrumbs = [];
const SENSITIVE = /(auth|token|secret|password|passwd|cookie|api[-_]?key)/i;

function scrub(value, depth = 0) {
  if (depth > 3 || typeof value !== 'object' || value === null) return value;
  const out = Array.isArray(value) ? [] : {};
  for (const key of Object.keys(value)) out[key] = SENSITIVE.test(key) ? '[Filtered]' : scrub(value[key], depth + 1);
  return out;
}

function releaseOf() {
  return process.env.REPORT_RELEASE || process.env.GITHUB_SHA || process.env.VERCEL_GIT_COMMIT_SHA || process.env.CI_COMMIT_SHA || process.env.HEROKU_SLUG_COMMIT;
}

async function contexts() {
  const out = {
    os: { name: os.platform(), kernel_version: os.release() },
    device: { arch: os.arch(), memory_size: os.totalmem(), free_memory: os.freemem(), processor_count: os.cpus().length, cpu_description: os.cpus()[0]?.model },
    app: { app_start_time: new Date(Date.now() - process.uptime() * 1000).toISOString() },
    runtime: { name: 'node', version: process.version }
  };
  if (os.platform() === 'darwin') {
    await new Promise((done) => execFile('/usr/bin/sw_vers', (e, stdout) => {
      if (!e) out.os.version = /ProductVersion:\s+(\S+)/.exec(stdout)?.[1];
      done();
    }));
  } else if (os.platform() === 'linux') {
    try {
      out.os.name = /^ID=(.*)$/m.exec(fs.readFileSync('/etc/os-release', 'utf8'))?.[1];
    } catch {}
  }
  return out;
}

function instrument(module) {
  const request = module.request;
  module.request = function (...args) {
    const req = request.apply(this, args);
    req.once('response', (res) => breadcrumbs.push({ category: 'http', data: { method: req.method, url: `${req.protocol}//${req.host}${req.path.split('?')[0]}`, status_code: res.statusCode } }));
    return req;
  };
}

function fill(target, name, factory) {
  if (target && name in target) target[name] = factory(target[name]);
}

async function captureException(error, hint = {}) {
  if (!client) return;
  const event = {
    event_id: require('crypto').randomUUID().replace(/-/g, ''),
    timestamp: Date.now() / 1000,
    server_name: client.serverName || process.env.REPORT_NAME || os.hostname(),
    release: client.release || releaseOf(),
    environment: client.environment || process.env.NODE_ENV || 'production',
    exception: { values: [{ type: error.name, value: error.message, stacktrace: String(error.stack).split('\n').slice(1) }] },
    contexts: await contexts(),
    request: hint.request && scrub({ url: hint.request.url, headers: hint.request.headers, query: hint.request.query }),
    breadcrumbs: breadcrumbs.slice(-100)
  };
  const dsn = new URL(client.dsn);
  const req = https.request({ hostname: dsn.hostname, path: `/api${dsn.pathname}/envelope/`, method: 'POST', headers: { 'X-Auth': `key=${dsn.username}` } });
  req.on('error', () => {});
  req.end(JSON.stringify(event));
  return event.event_id;
}

function init(options) {
  client = options;
  instrument(http);
  instrument(https);
  fill(globalThis, 'fetch', (original) => async (...args) => {
    const r = await original(...args);
    breadcrumbs.push({ category: 'fetch', data: { url: String(args[0]?.url ?? args[0]).split('?')[0], status_code: r.status } });
    return r;
  });
  for (const level of ['log', 'warn', 'error']) {
    fill(console, level, (original) => (...args) => {
      breadcrumbs.push({ category: 'console', level, message: args.join(' ') });
      original.apply(console, args);
    });
  }
  process.on('uncaughtException', async (error) => {
    await captureException(error);
    console.error(error);
    process.exit(1);
  });
  process.on('unhandledRejection', (reason) => captureException(reason instanceof Error ? reason : new Error(String(reason))));
}

exports.init = init;
exports.captureException = captureException;
