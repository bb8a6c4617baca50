'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { execFile } = require('child_process');

const linux = {
  file: (o) => path.join(os.homedir(), '.config', 'autostart', `${o.appName}.desktop`),
  async enable(o) {
    const data = ['[Desktop Entry]', 'Type=Application', 'Version=1.0', `Name=${o.appName}`, `Comment=${o.appName} startup script`, `Exec=${o.appPath}${o.isHidden ? ' --hidden' : ''}`, 'StartupNotify=false', 'Terminal=false'].join('\n');
    await fs.promises.mkdir(path.dirname(this.file(o)), { recursive: true });
    await fs.promises.writeFile(this.file(o), data);
  },
  async disable(o) { await fs.promises.rm(this.file(o), { force: true }); },
  async isEnabled(o) { return fs.existsSync(this.file(o)); },
};

const mac = {
  file: (o) => path.join(os.homedir(), 'Library', 'LaunchAgents', `${o.appName}.plist`),
  async enable(o) {
    if (!o.mac.useLaunchAgent) {
      const props = `{path:"${o.appPath}", hidden:${!!o.isHidden}, name:"${o.appName}"}`;
      return run('osascript', ['-e', `tell application "System Events" to make login item at end with properties ${props}`]);
    }
    const args = [o.appPath, ...(o.isHidden ? ['--hidden'] : [])].map((a) => `    <string>${a}</string>`).join('\n');
    await fs.promises.writeFile(this.file(o), `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://dtd.example.test/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key><string>${o.appName}</string>
  <key>ProgramArguments</key>
  <array>
${args}
  </array>
  <key>RunAtLoad</key><true/>
</dict>
</plist>`);
  },
  async disable(o) {
    if (o.mac.useLaunchAgent) return fs.promises.rm(this.file(o), { force: true });
    return run('osascript', ['-e', `tell application "System Events" to delete login item "${o.appName}"`]);
  },
  async isEnabled(o) {
    if (o.mac.useLaunchAgent) return fs.existsSync(this.file(o));
    return (await run('osascript', ['-e', 'tell application "System Events" to get the name of every login item'])).includes(o.appName);
  },
};

const KEY = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run';
const win = {
  enable: (o) => run('reg', ['add', KEY, '/v', o.appName, '/t', 'REG_SZ', '/d', `"${o.appPath}"${o.isHidden ? ' --hidden' : ''}`, '/f']),
  disable: (o) => run('reg', ['delete', KEY, '/v', o.appName, '/f']),
  isEnabled: (o) => run('reg', ['query', KEY, '/v', o.appName]).then(() => true, () => false),
};

function run(cmd, args) {
  return new Promise((ok, no) => execFile(cmd, args, { windowsHide: true }, (e, out) => (e ? no(e) : ok(out))));
}

module.exports = class AutoLaunch {
  constructor({ name, path: p, isHidden = false, mac: m = {} }) {
    if (!name) throw new Error('You must specify a name');
    let appPath = p || process.execPath;
    if (process.platform === 'darwin' && !m.useLaunchAgent) appPath = appPath.replace(/(\.app)\/.*/, '$1');
    this.opts = { appName: name, appPath, isHidden, mac: m };
    this.api = { linux, freebsd: linux, darwin: mac, win32: win }[process.platform];
    if (!this.api) throw new Error('Unsupported platform');
  }
  enable() { return this.api.enable(this.opts); }
  disable() { return this.api.disable(this.opts); }
  isEnabled() { return this.api.isEnabled(this.opts); }
};
