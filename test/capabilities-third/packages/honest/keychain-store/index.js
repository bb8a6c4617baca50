'use strict';
const { execFile } = require('child_process');
const { promisify } = require('util');
const run = promisify(execFile);

const backends = {
  darwin: {
    get: async (service, account) => (await run('security', ['find-generic-password', '-s', service, '-a', account, '-w'])).stdout.trimEnd(),
    set: (service, account, password) => run('security', ['add-generic-password', '-U', '-s', service, '-a', account, '-w', password]),
    remove: (service, account) => run('security', ['delete-generic-password', '-s', service, '-a', account])
  },
  linux: {
    get: async (service, account) => (await run('secret-tool', ['lookup', 'service', service, 'account', account])).stdout,
    set: (service, account, password) => new Promise((resolve, reject) => {
      const child = execFile('secret-tool', ['store', '--label', `${service} (${account})`, 'service', service, 'account', account], (e) => (e ? reject(e) : resolve()));
      child.stdin.end(password);
    }),
    remove: (service, account) => run('secret-tool', ['clear', 'service', service, 'account', account])
  },
  win32: {
    get: async (service, account) => {
      const script = `[void][Windows.Security.Credentials.PasswordVault,Windows.Security.Credentials,ContentType=WindowsRuntime];$c=(New-Object Windows.Security.Credentials.PasswordVault).Retrieve('${quote(service)}','${quote(account)}');$c.RetrievePassword();$c.Password`;
      return (await run('powershell.exe', ['-NoProfile', '-EncodedCommand', Buffer.from(script, 'utf16le').toString('base64')])).stdout.trimEnd();
    },
    set: (service, account, password) => run('cmdkey', [`/generic:${service}/${account}`, `/user:${account}`, `/pass:${password}`]),
    remove: (service, account) => run('cmdkey', [`/delete:${service}/${account}`])
  }
};

function quote(text) {
  return String(text).replace(/'/g, "''");
}

const backend = backends[process.platform] || backends.linux;

module.exports = {
  getPassword: (service, account) => backend.get(service, account).catch(() => null),
  setPassword: (service, account, password) => backend.set(service, account, password),
  deletePassword: (service, account) => backend.remove(service, account).then(() => true, () => false)
};
