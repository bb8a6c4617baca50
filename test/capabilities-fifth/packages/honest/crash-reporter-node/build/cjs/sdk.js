Object.defineProperty(exports, '__esModule', { value: true });

const client = require('./client.js');

let current;

function getReleaseFromEnv(fallback) {
  if (process.env.WATCHTOWER_RELEASE) {
    return process.env.WATCHTOWER_RELEASE;
  }
  return (
    // GitHub Actions
    process.env.GITHUB_SHA ||
    // Netlify
    process.env.COMMIT_REF ||
    // Vercel
    process.env.VERCEL_GIT_COMMIT_SHA ||
    process.env.ZEIT_GITHUB_COMMIT_SHA ||
    // Cloudflare Pages
    process.env.CF_PAGES_COMMIT_SHA ||
    fallback
  );
}

function init(options = {}) {
  if (options.dsn === undefined && process.env.WATCHTOWER_DSN) {
    options.dsn = process.env.WATCHTOWER_DSN;
  }
  if (options.release === undefined) options.release = getReleaseFromEnv();
  if (options.environment === undefined) options.environment = process.env.WATCHTOWER_ENVIRONMENT || process.env.NODE_ENV;
  if (options.tracesSampleRate === undefined && process.env.WATCHTOWER_TRACES_SAMPLE_RATE) {
    const rate = parseFloat(process.env.WATCHTOWER_TRACES_SAMPLE_RATE);
    if (isFinite(rate)) options.tracesSampleRate = rate;
  }
  current = new client.NodeClient(options);
  global.process.on('uncaughtException', (error) => {
    current.captureException(error);
    current.flush(2000).then(() => global.process.exit(1), () => global.process.exit(1));
  });
  return current;
}

function captureException(error) {
  return current && current.captureException(error);
}

exports.init = init;
exports.getReleaseFromEnv = getReleaseFromEnv;
exports.captureException = captureException;
