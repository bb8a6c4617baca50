Object.defineProperty(exports, '__esModule', { value: true });
const os = require('os');
const { makeTransport } = require('./transport.js');
const { instrumentHttp, instrumentConsole } = require('./integrations.js');

const breadcrumbs = [];
let client;

function deviceContext() {
  const cpus = os.cpus() || [];
  return {
    app: { app_start_time: new Date(Date.now() - process.uptime() * 1000).toISOString(), app_memory: process.memoryUsage().rss },
    os: { name: os.platform(), kernel_version: os.release() },
    device: { arch: os.arch(), memory_size: os.totalmem(), free_memory: os.freemem(), processor_count: cpus.length, cpu_description: cpus[0] && cpus[0].model, boot_time: new Date(Date.now() - os.uptime() * 1000).toISOString() },
    runtime: { name: 'node', version: process.version },
  };
}

function init(options = {}) {
  const dsn = new URL(options.dsn || process.env.BEACONRY_DSN);
  const environment = options.environment || process.env.BEACONRY_ENVIRONMENT || process.env.NODE_ENV || 'production';
  const release = options.release || process.env.BEACONRY_RELEASE || process.env.GITHUB_SHA || process.env.VERCEL_GIT_COMMIT_SHA || process.env.CI_COMMIT_SHA;
  const serverName = options.serverName || process.env.BEACONRY_NAME || os.hostname();
  client = { options: { ...options, environment, release, serverName }, transport: makeTransport(dsn), modules: Object.keys(require.cache).length };
  instrumentHttp((crumb) => addBreadcrumb(crumb));
  instrumentConsole((crumb) => addBreadcrumb(crumb));
  global.process.on('uncaughtException', async (error) => {
    captureException(error, 'fatal');
    await client.transport.flush(2000);
    console.error(error.stack || error);
    process.exit(1);
  });
  global.process.on('unhandledRejection', (reason) => captureException(reason, 'error'));
}

function addBreadcrumb(crumb) {
  breadcrumbs.push({ timestamp: Date.now() / 1000, ...crumb });
  if (breadcrumbs.length > 100) breadcrumbs.shift();
}

function captureException(error, level = 'error') {
  if (!client) return;
  const event = {
    event_id: require('crypto').randomUUID().replace(/-/g, ''),
    level,
    platform: 'node',
    server_name: client.options.serverName,
    environment: client.options.environment,
    release: client.options.release,
    contexts: deviceContext(),
    breadcrumbs,
    exception: { values: [{ type: error && error.name, value: error && error.message, stacktrace: String(error && error.stack).split('\n').slice(1) }] },
  };
  const processed = client.options.beforeSend ? client.options.beforeSend(event) : event;
  if (processed) client.transport.send(processed);
  return event.event_id;
}

exports.init = init;
exports.captureException = captureException;
exports.addBreadcrumb = addBreadcrumb;
