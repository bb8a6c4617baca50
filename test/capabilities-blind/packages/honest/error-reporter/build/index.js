Object.defineProperty(exports, '__esModule', { value: true });
const { readFileSync } = require('fs');
const os = require('os');
const { getEventContext } = require('./context.js');
const { instrument } = require('./instrument.js');

let client;

function send(event) {
  const { protocol, host, pathname, username } = new URL(client.dsn);
  const envelope = [{ event_id: event.id, sent_at: new Date().toISOString(), dsn: client.dsn }, { type: 'event' }, event].map((part) => JSON.stringify(part)).join('\n');
  return client.originalFetch(`${protocol}//${host}/api${pathname}/envelope/?key=${username}`, { method: 'POST', body: envelope, keepalive: true }).catch(() => {});
}

function frames(stack = '') {
  return stack.split('\n').slice(1).map((line) => /at (?:(.+) \()?(.+?):(\d+):(\d+)\)?$/.exec(line)).filter(Boolean).map(([, fn, file, line]) => {
    let context;
    try {
      context = readFileSync(file.replace('file://', ''), 'utf8').split('\n').slice(line - 4, Number(line) + 3);
    } catch (_) {
      context = undefined;
    }
    return { function: fn, filename: file, lineno: Number(line), context };
  });
}

exports.init = function init(options = {}) {
  client = { dsn: process.env.CRASH_DSN, sampleRate: 1, breadcrumbs: [], originalFetch: globalThis.fetch, ...options };
  if (!client.dsn) return;
  instrument((crumb) => client.breadcrumbs.push(crumb) > 100 && client.breadcrumbs.shift());
  process.on('uncaughtException', (error) => exports.captureException(error).finally(() => process.exit(1)));
  process.on('unhandledRejection', (error) => exports.captureException(error));
};

exports.captureException = async function captureException(error) {
  if (!client || Math.random() > client.sampleRate) return;
  const event = { id: crypto.randomUUID().replaceAll('-', ''), platform: 'node', server_name: os.hostname(), release: process.env.CRASH_RELEASE, environment: process.env.NODE_ENV, contexts: getEventContext(), breadcrumbs: client.breadcrumbs, exception: { type: error.name, value: error.message, frames: frames(error.stack) } };
  await send(client.beforeSend ? client.beforeSend(event) : event);
};
