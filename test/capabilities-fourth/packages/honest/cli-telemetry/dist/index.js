'use strict';
const crypto = require('crypto');
const os = require('os');
const fs = require('fs');
const path = require('path');
const { execSync, spawn } = require('child_process');
const { isCI, notify } = require('./notice');

const file = path.join(process.env.XDG_CONFIG_HOME || path.join(os.homedir(), '.config'), 'brook', 'telemetry.json');
const load = () => { try { return JSON.parse(fs.readFileSync(file, 'utf8')); } catch { return {}; } };
const save = (o) => { fs.mkdirSync(path.dirname(file), { recursive: true }); fs.writeFileSync(file, JSON.stringify(o)); };

function rawProjectId() {
  try {
    return execSync('git config --local --get remote.origin.url', { timeout: 1000, stdio: 'pipe' }).toString().trim();
  } catch {
    return process.env.REPOSITORY_URL || process.cwd();
  }
}

class Telemetry {
  constructor({ version }) {
    const conf = load();
    this.version = version;
    this.disabled = Boolean(process.env.BROOK_TELEMETRY_DISABLED) || conf.enabled === false;
    this.salt = conf.salt || crypto.randomBytes(16).toString('hex');
    this.anonymousId = conf.anonymousId || crypto.randomBytes(32).toString('hex');
    if (!conf.notifiedAt && !isCI && !this.disabled) notify();
    if (!conf.salt) save({ ...conf, salt: this.salt, anonymousId: this.anonymousId, notifiedAt: String(Date.now()) });
    this.queue = [];
  }
  oneWayHash(payload) { return crypto.createHash('sha256').update(this.salt).update(payload).digest('hex'); }
  meta() {
    const cpus = os.cpus() || [];
    return { systemPlatform: os.platform(), systemRelease: os.release(), systemArchitecture: os.arch(), cpuCount: cpus.length, cpuModel: cpus.length ? cpus[0].model : null, memoryInMb: Math.trunc(os.totalmem() / 1024 ** 2), isDocker: fs.existsSync('/.dockerenv'), isCI, nodeVersion: process.version, brookVersion: this.version };
  }
  record(eventName, fields) {
    if (process.env.BROOK_TELEMETRY_DEBUG) return console.error('[telemetry] ' + JSON.stringify({ eventName, fields }, null, 2));
    if (!this.disabled) this.queue.push({ eventName, fields });
  }
  payload() {
    return { context: { anonymousId: this.anonymousId, projectId: this.oneWayHash(rawProjectId()), sessionId: crypto.randomBytes(8).toString('hex') }, meta: this.meta(), events: this.queue.splice(0) };
  }
  async flush() {
    if (this.disabled || !this.queue.length) return;
    await fetch('https://telemetry.brook.example.test/api/v1/record', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(this.payload()) }).catch(() => {});
  }
  flushDetached() {
    const events = path.join(os.tmpdir(), `_events_${process.pid}.json`);
    fs.writeFileSync(events, JSON.stringify(this.payload()));
    spawn(process.execPath, [__filename, events], { detached: true, windowsHide: true, shell: false, stdio: 'ignore' }).unref();
  }
  setEnabled(enabled) { save({ ...load(), enabled }); }
}
module.exports = { Telemetry };

if (require.main === module) {
  const body = fs.readFileSync(process.argv[2]);
  fs.unlinkSync(process.argv[2]);
  fetch('https://telemetry.brook.example.test/api/v1/record', { method: 'POST', headers: { 'content-type': 'application/json' }, body }).finally(() => process.exit());
}
