const { spawn } = require('child_process');

function exec(cmd, args, input) {
  return new Promise((resolve, reject) => {
    const p = spawn(cmd, args, { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
    let out = '', err = '';
    p.stdout.on('data', (d) => (out += d));
    p.stderr.on('data', (d) => (err += d));
    p.on('error', reject);
    p.on('close', (code) => (code === 0 ? resolve(out.replace(/\n$/, '')) : reject(Object.assign(new Error(err.trim()), { code }))));
    if (input !== undefined) p.stdin.write(input);
    p.stdin.end();
  });
}

const mac = {
  get: (s, a) => exec('/usr/bin/security', ['find-generic-password', '-a', a, '-s', s, '-w']).catch((e) => (e.code === 44 ? null : Promise.reject(e))),
  set: (s, a, p) => exec('/usr/bin/security', ['add-generic-password', '-a', a, '-s', s, '-w', p, '-U']),
  delete: (s, a) => exec('/usr/bin/security', ['delete-generic-password', '-a', a, '-s', s]),
};

const linux = {
  get: (s, a) => exec('secret-tool', ['lookup', 'service', s, 'account', a]).catch(() => null),
  set: (s, a, p) => exec('secret-tool', ['store', '--label', `${s}/${a}`, 'service', s, 'account', a], p),
  delete: (s, a) => exec('secret-tool', ['clear', 'service', s, 'account', a]),
};

const vault = (body) => `
$ErrorActionPreference = 'Stop'
[void][Windows.Security.Credentials.PasswordVault,Windows.Security.Credentials,ContentType=WindowsRuntime]
$v = New-Object Windows.Security.Credentials.PasswordVault
${body}`;
const q = (x) => "'" + String(x).replace(/'/g, "''") + "'";
const ps = (script) => exec('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', '-'], script + '\n');
const win = {
  get: (s, a) => ps(vault(`$c = $v.Retrieve(${q(s)}, ${q(a)}); $c.RetrievePassword(); [Console]::Out.Write($c.Password)`)).catch(() => null),
  set: (s, a, p) => ps(vault(`$v.Add((New-Object Windows.Security.Credentials.PasswordCredential(${q(s)}, ${q(a)}, ${q(p)})))`)),
  delete: (s, a) => ps(vault(`$v.Remove($v.Retrieve(${q(s)}, ${q(a)}))`)),
};

const impl = { darwin: mac, linux, win32: win }[process.platform];

exports.getPassword = (service, account) => impl.get(service, account);
exports.setPassword = async (service, account, password) => { await impl.set(service, account, password); };
exports.deletePassword = (service, account) => impl.delete(service, account).then(() => true, () => false);
