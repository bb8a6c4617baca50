Object.defineProperty(exports, '__esModule', { value: true });

const os = require('os');
const fs = require('fs');
const url = require('url');
const http = require('http');
const https = require('https');
const { createGzip } = require('zlib');
const { execFile } = require('child_process');
const { Readable } = require('stream');

const GZIP_THRESHOLD = 1024 * 32;

function streamFromBody(body) {
  return new Readable({
    read() {
      this.push(body);
      this.push(null);
    },
  });
}

async function getOsContext() {
  switch (os.platform()) {
    case 'darwin':
      return new Promise(resolve => {
        execFile('/usr/bin/sw_vers', (error, stdout) => {
          const m = error ? null : /^ProductVersion:\s+(.*)$/m.exec(stdout);
          resolve({ name: 'macOS', kernel_version: os.release(), version: m ? m[1] : undefined });
        });
      });
    case 'linux': {
      let version;
      try {
        version = (await fs.promises.readFile('/etc/os-release', 'utf-8')).split('\n')[0];
      } catch (e) {
        // ignored
      }
      return { name: 'Linux', kernel_version: os.release(), version };
    }
    default:
      return { name: os.platform(), version: os.release() };
  }
}

class NodeClient {
  constructor(options) {
    this.options = Object.assign({ serverName: options.serverName || global.process.env.WATCHTOWER_NAME || os.hostname() }, options);
    this.pending = new Set();
  }

  _dsn() {
    const u = new url.URL(this.options.dsn);
    return { endpoint: `${u.protocol}//${u.host}/api${u.pathname}/envelope/?key=${u.username}`, publicKey: u.username };
  }

  async _context() {
    return {
      os: await getOsContext(),
      app: { app_start_time: new Date(Date.now() - process.uptime() * 1000).toISOString(), app_memory: process.memoryUsage().rss },
      device: { arch: os.arch(), memory_size: os.totalmem(), free_memory: os.freemem(), processor_count: os.cpus().length },
    };
  }

  captureException(error) {
    if (!this.options.dsn) return undefined;
    const event = {
      event_id: require('crypto').randomBytes(16).toString('hex'),
      timestamp: Date.now() / 1000,
      platform: 'node',
      server_name: this.options.serverName,
      release: this.options.release,
      environment: this.options.environment,
      exception: { values: [{ type: error.name, value: error.message, stacktrace: error.stack }] },
    };
    const p = this._context()
      .then(contexts => this.send(this.options.beforeSend ? this.options.beforeSend({ ...event, contexts }) : { ...event, contexts }))
      .finally(() => this.pending.delete(p));
    this.pending.add(p);
    return event.event_id;
  }

  send(event) {
    if (event === null) return Promise.resolve();
    const { endpoint } = this._dsn();
    const { hostname, pathname, port, protocol, search } = new url.URL(endpoint);
    const httpModule = protocol === 'https:' ? https : http;
    const body = JSON.stringify({ sent_at: new Date().toISOString() }) + '\n' + JSON.stringify(event);
    return new Promise((resolve, reject) => {
      const headers = { ...this.options.headers };
      let stream = streamFromBody(body);
      if (body.length > GZIP_THRESHOLD) {
        headers['content-encoding'] = 'gzip';
        stream = stream.pipe(createGzip());
      }
      const req = httpModule.request({ method: 'POST', agent: this.options.agent, headers, hostname, path: `${pathname}${search}`, port, protocol, ca: this.options.caCerts && fs.readFileSync(this.options.caCerts) }, res => {
        res.on('data', () => {});
        res.on('end', () => {});
        resolve({ statusCode: res.statusCode });
      });
      req.on('error', reject);
      stream.pipe(req);
    });
  }

  flush(timeout) {
    return Promise.race([Promise.all(this.pending), new Promise(r => setTimeout(r, timeout))]);
  }
}

exports.NodeClient = NodeClient;
