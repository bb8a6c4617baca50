'use strict';
const { execFile } = require('child_process');
const fs = require('fs/promises');
const os = require('os');
const path = require('path');

function run(file, args, input) {
  return new Promise((resolve, reject) => {
    const child = execFile(file, args, { windowsHide: true }, (err, stdout, stderr) => (err ? reject(Object.assign(err, { stderr })) : resolve(stdout)));
    if (input !== undefined) child.stdin.end(input);
  });
}

const darwin = {
  async getPassword(service, account) {
    try { return (await run('security', ['find-generic-password', '-s', service, '-a', account, '-w'])).replace(/\n$/, ''); } catch (e) { if (e.code === 44) return null; throw e; }
  },
  setPassword: (service, account, password) => run('security', ['add-generic-password', '-U', '-s', service, '-a', account, '-w', password]),
  deletePassword: (service, account) => run('security', ['delete-generic-password', '-s', service, '-a', account]).then(() => true, () => false),
};

const linux = {
  async getPassword(service, account) { try { return await run('secret-tool', ['lookup', 'service', service, 'account', account]) || null; } catch { return null; } },
  setPassword: (service, account, password) => run('secret-tool', ['store', '--label', `${service}/${account}`, 'service', service, 'account', account], password),
  deletePassword: (service, account) => run('secret-tool', ['clear', 'service', service, 'account', account]).then(() => true),
};

const PS_GET = `[void][Windows.Security.Credentials.PasswordVault,Windows.Security.Credentials,ContentType=WindowsRuntime];$v=New-Object Windows.Security.Credentials.PasswordVault;$c=$v.Retrieve($args[0],$args[1]);$c.RetrievePassword();$c.Password`;
const PS_SET = `[void][Windows.Security.Credentials.PasswordVault,Windows.Security.Credentials,ContentType=WindowsRuntime];$v=New-Object Windows.Security.Credentials.PasswordVault;$v.Add((New-Object Windows.Security.Credentials.PasswordCredential($args[0],$args[1],[Console]::In.ReadLine())))`;
const ps = (script, args, input) => run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', `& {${script}} ${args.map((a) => `'${a.replace(/'/g, "''")}'`).join(' ')}`], input);
const win32 = {
  getPassword: (s, a) => ps(PS_GET, [s, a]).then((o) => o.trim(), () => null),
  setPassword: (s, a, p) => ps(PS_SET, [s, a], p + '\n'),
  deletePassword: (s, a) => ps(PS_GET.replace('$c.RetrievePassword();$c.Password', '$v.Remove($c)'), [s, a]).then(() => true, () => false),
};

// last resort: a 0600 file, as the gh and aws CLIs do
const file = {
  get path() { return path.join(process.env.XDG_CONFIG_HOME || path.join(os.homedir(), '.config'), 'keychain-cli-bridge', 'credentials.json'); },
  async load() { try { return JSON.parse(await fs.readFile(this.path, 'utf8')); } catch { return {}; } },
  async getPassword(s, a) { return (await this.load())[`${s}/${a}`] || null; },
  async setPassword(s, a, p) {
    const all = await this.load();
    all[`${s}/${a}`] = p;
    await fs.mkdir(path.dirname(this.path), { recursive: true, mode: 0o700 });
    await fs.writeFile(this.path, JSON.stringify(all), { mode: 0o600 });
  },
  async deletePassword(s, a) { const all = await this.load(); delete all[`${s}/${a}`]; await fs.writeFile(this.path, JSON.stringify(all), { mode: 0o600 }); return true; },
};

module.exports = process.env.KEYCHAIN_PLAINTEXT ? file : { darwin, linux, win32 }[process.platform] || file;
module.exports.file = file;
