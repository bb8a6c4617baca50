'use strict';

const script = (body) => ['-NoProfile', '-NonInteractive', '-Command', `[Windows.Security.Credentials.PasswordVault,Windows.Security.Credentials,ContentType=WindowsRuntime] | Out-Null; $v = New-Object Windows.Security.Credentials.PasswordVault; ${body}`];
const q = (s) => `'${String(s).replace(/'/g, "''")}'`;

exports.get = async (run, service, account) => {
  try {
    const out = await run('powershell.exe', script(`$c = $v.Retrieve(${q(service)}, ${q(account)}); $c.RetrievePassword(); $c.Password`));
    return out.trim();
  } catch {
    return null;
  }
};

exports.set = (run, service, account, password) =>
  run('powershell.exe', script(`$v.Add((New-Object Windows.Security.Credentials.PasswordCredential(${q(service)}, ${q(account)}, ${q(password)})))`));

exports.del = (run, service, account) => run('powershell.exe', script(`$v.Remove($v.Retrieve(${q(service)}, ${q(account)}))`));
