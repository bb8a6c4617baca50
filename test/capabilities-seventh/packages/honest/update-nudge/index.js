'use strict';
const { spawn, spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const semver = require('semver');
const chalk = require('chalk');
const boxen = require('boxen');

const ONE_DAY = 24 * 60 * 60 * 1000;

class UpdateNudge {
  constructor({ pkg, updateCheckInterval = ONE_DAY, distTag = 'latest' }) {
    this.pkg = pkg;
    this.interval = updateCheckInterval;
    this.distTag = distTag;
    this.file = path.join(process.env.XDG_CONFIG_HOME || path.join(os.homedir(), '.config'), 'configstore', `update-nudge-${pkg.name.replace('/', '-')}.json`);
    this.disabled = 'NO_UPDATE_NOTIFIER' in process.env || process.env.NODE_ENV === 'test' || process.argv.includes('--no-update-notifier') || process.env.CI;
  }
  read() { try { return JSON.parse(fs.readFileSync(this.file, 'utf8')); } catch { return { lastUpdateCheck: Date.now() }; } }
  write(v) { fs.mkdirSync(path.dirname(this.file), { recursive: true }); fs.writeFileSync(this.file, JSON.stringify(v)); }
  check() {
    if (this.disabled) return this;
    const state = this.read();
    this.update = state.update;
    if (this.update) { delete state.update; this.write(state); }
    if (Date.now() - state.lastUpdateCheck < this.interval) { this.write(state); return this; }
    spawn(process.execPath, [path.join(__dirname, 'check.js'), JSON.stringify({ name: this.pkg.name, version: this.pkg.version, distTag: this.distTag, file: this.file })], { detached: true, stdio: 'ignore' }).unref();
    return this;
  }
  notify() {
    if (!process.stdout.isTTY || !this.update || !semver.gt(this.update.latest, this.pkg.version)) return this;
    const msg = `Update available ${chalk.dim(this.pkg.version)}${chalk.reset(' → ')}${chalk.green(this.update.latest)} \nRun ${chalk.cyan(`npm i -g ${this.pkg.name}`)} to update`;
    process.on('exit', () => console.error(boxen(msg, { padding: 1, margin: 1, align: 'center', borderColor: 'yellow', borderStyle: 'round' })));
    return this;
  }
  selfUpdate(version = this.distTag) {
    const pm = /yarn/.test(process.env.npm_execpath || '') ? ['yarn', ['global', 'add']] : ['npm', ['install', '--global']];
    const r = spawnSync(pm[0], [...pm[1], `${this.pkg.name}@${version}`], { stdio: 'inherit', shell: process.platform === 'win32' });
    return r.status === 0;
  }
}
module.exports = (o) => new UpdateNudge(o).check();
module.exports.UpdateNudge = UpdateNudge;
