import process from 'node:process';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import os from 'node:os';
import fs from 'node:fs';

const __dirname = path.dirname(fileURLToPath(import.meta.url));
const ONE_DAY = 1000 * 60 * 60 * 24;

export class UpdateNotifier {
  constructor({ pkg, updateCheckInterval = ONE_DAY, distTag = 'latest' }) {
    this.packageName = pkg.name;
    this.packageVersion = pkg.version;
    this.options = { pkg, distTag };
    this.updateCheckInterval = updateCheckInterval;
    this.disabled = 'NO_UPDATE_NOTIFIER' in process.env || process.env.NODE_ENV === 'test' || process.argv.includes('--no-update-notifier') || Boolean(process.env.CI);
    if (!this.disabled) {
      const dir = process.env.XDG_CONFIG_HOME || path.join(os.homedir(), '.config');
      this.file = path.join(dir, 'configstore', `update-notifier-${this.packageName.replace('/', '-')}.json`);
      try {
        this.config = JSON.parse(fs.readFileSync(this.file, 'utf8'));
      } catch {
        this.config = { lastUpdateCheck: 0 };
      }
    }
  }

  check() {
    if (!this.config || this.disabled) return;
    this.update = this.config.update;
    if (Date.now() - this.config.lastUpdateCheck < this.updateCheckInterval) return;
    spawn(process.execPath, [path.join(__dirname, 'check.js'), JSON.stringify({ ...this.options, file: this.file })], { detached: true, stdio: 'ignore' }).unref();
  }

  notify() {
    if (!process.stdout.isTTY || !this.update || this.update.latest === this.packageVersion) return this;
    const command = /pnpm/.test(process.env.npm_config_user_agent ?? '') ? 'pnpm add' : 'npm i';
    process.on('exit', () => console.error(`Update available ${this.packageVersion} → ${this.update.latest}\nRun ${command} ${this.packageName} to update`));
    return this;
  }
}

export default function updateNotifier(options) {
  const notifier = new UpdateNotifier(options);
  notifier.check();
  return notifier;
}
