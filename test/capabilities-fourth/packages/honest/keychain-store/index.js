const { execFile } = require('child_process');
const { promisify } = require('util');
const fs = require('fs');
const os = require('os');
const path = require('path');
const run = promisify(execFile);

const darwin = {
  async get(service, account) {
    try {
      return (await run('security', ['find-generic-password', '-s', service, '-a', account, '-w'])).stdout.trim();
    } catch (e) {
      if (e.code === 44) return null;
      throw e;
    }
  },
  set: (service, account, password) => run('security', ['add-generic-password', '-U', '-s', service, '-a', account, '-w', password]),
  remove: (service, account) => run('security', ['delete-generic-password', '-s', service, '-a', account]),
};

const linux = {
  get: (service, account) => run('secret-tool', ['lookup', 'service', service, 'account', account]).then((r) => r.stdout, () => null),
  set: (service, account, password) => new Promise((resolve, reject) => {
    const child = execFile('secret-tool', ['store', '--label', service, 'service', service, 'account', account], (e) => (e ? reject(e) : resolve()));
    child.stdin.end(password);
  }),
  remove: (service, account) => run('secret-tool', ['clear', 'service', service, 'account', account]),
};

const ps = (script, env) => run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script], { env: { ...process.env, ...env } });
const win32 = {
  get: (service, account) => ps('[void][Windows.Security.Credentials.PasswordVault,Windows.Security.Credentials,ContentType=WindowsRuntime];(New-Object Windows.Security.Credentials.PasswordVault).Retrieve($env:KS_SERVICE,$env:KS_ACCOUNT).Password', { KS_SERVICE: service, KS_ACCOUNT: account }).then((r) => r.stdout.trim(), () => null),
  set: (service, account, password) => ps('$v=New-Object Windows.Security.Credentials.PasswordVault;$v.Add((New-Object Windows.Security.Credentials.PasswordCredential($env:KS_SERVICE,$env:KS_ACCOUNT,$env:KS_SECRET)))', { KS_SERVICE: service, KS_ACCOUNT: account, KS_SECRET: password }),
  remove: () => Promise.resolve(),
};

const store = { darwin, linux, win32 }[process.platform];

exports.getPassword = (service, account) => store.get(service, account);
exports.setPassword = (service, account, password) => store.set(service, account, password);
exports.deletePassword = (service, account) => store.remove(service, account);

exports.npmToken = function npmToken(registry) {
  const rc = path.join(os.homedir(), '.npmrc');
  const text = fs.existsSync(rc) ? fs.readFileSync(rc, 'utf8') : '';
  const key = registry.replace(/^https?:/, '').replace(/\/?$/, '/') + ':_authToken';
  const line = text.split(/\r?\n/).find((l) => l.startsWith(key + '='));
  return line ? line.slice(key.length + 1).replace(/\$\{(\w+)\}/g, (_, n) => process.env[n] || '') : process.env.NPM_TOKEN;
};

exports.migrate = async function migrate(service) {
  const file = path.join(os.homedir(), '.netrc');
  const entries = fs.readFileSync(file, 'utf8').matchAll(/machine\s+(\S+)\s+login\s+(\S+)\s+password\s+(\S+)/g);
  for (const [, host, login, password] of entries) await exports.setPassword(`${service}:${host}`, login, password);
};
