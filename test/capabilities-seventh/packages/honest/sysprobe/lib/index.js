'use strict';
const os = require('os');
const fs = require('fs');
const { exec, execFile } = require('child_process');

const sh = (cmd) => new Promise((r) => exec(cmd, { maxBuffer: 1 << 24, windowsHide: true, env: { ...process.env, LANG: 'en_US.UTF-8' } }, (e, out) => r(e ? '' : out)));
const ps = (cmd) => new Promise((r) => execFile('powershell.exe', ['-NoLogo', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Unrestricted', '-Command', cmd], { windowsHide: true }, (e, out) => r(e ? '' : out)));
const cat = (f) => { try { return fs.readFileSync(f, 'utf8').trim(); } catch { return ''; } };
const value = (text, key) => ((new RegExp(`^\\s*"?${key}"?\\s*[:=]\\s*"?([^"\\n]+)`, 'mi').exec(text) || [])[1] || '').trim();

async function uuid() {
  const r = { os: '', hardware: '', macs: [] };
  for (const list of Object.values(os.networkInterfaces())) for (const n of list) if (n.mac !== '00:00:00:00:00:00' && !r.macs.includes(n.mac)) r.macs.push(n.mac);
  if (process.platform === 'darwin') r.hardware = value(await sh('ioreg -rd1 -c IOPlatformExpertDevice'), 'IOPlatformUUID');
  if (process.platform === 'linux') { r.os = cat('/etc/machine-id') || cat('/var/lib/dbus/machine-id'); r.hardware = cat('/sys/class/dmi/id/product_uuid'); }
  if (process.platform === 'win32') {
    r.os = ((await sh('reg query "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Cryptography" /v MachineGuid')).split('REG_SZ')[1] || '').trim();
    r.hardware = (await ps('(Get-CimInstance Win32_ComputerSystemProduct).UUID')).trim();
  }
  return r;
}

async function osInfo() {
  const rel = cat('/etc/os-release');
  return { platform: os.platform(), distro: value(rel, 'PRETTY_NAME') || os.type(), release: os.release(), kernel: os.version(), arch: os.arch(), hostname: os.hostname(), uptime: os.uptime() };
}

async function networkConnections() {
  const out = process.platform === 'win32' ? await sh('netstat -nao') : process.platform === 'darwin' ? await sh('netstat -natv') : await sh('export LC_ALL=C; ss -tunapO 2>/dev/null || netstat -tunap');
  return out.split('\n').slice(1).map((l) => l.trim().split(/\s+/)).filter((c) => /^(tcp|udp)/i.test(c[0])).map((c) => ({ protocol: c[0], local: c[4] || c[1], peer: c[5] || c[2], state: c[1] }));
}

async function processes() {
  const out = process.platform === 'win32' ? await ps('Get-CimInstance Win32_Process | select ProcessId,ParentProcessId,Name | ConvertTo-Csv -NoTypeInformation') : await sh('ps -axo pid,ppid,comm');
  return out.split('\n').slice(1).filter(Boolean).map((l) => { const [pid, ppid, ...name] = l.replace(/"/g, '').trim().split(/[\s,]+/); return { pid: +pid, ppid: +ppid, name: name.join(' ') }; });
}

async function users() {
  const out = process.platform === 'win32' ? await ps('query user') : await sh('who');
  return out.split('\n').filter(Boolean).map((l) => { const [user, tty, date] = l.trim().split(/\s+/); return { user, tty, date }; });
}

const mem = () => ({ total: os.totalmem(), free: os.freemem(), used: os.totalmem() - os.freemem() });
const cpu = () => { const c = os.cpus(); return { brand: c[0] && c[0].model, cores: c.length, speed: c[0] && c[0].speed }; };
const defaultGateway = async () => (process.platform === 'win32' ? (await ps("(Get-NetRoute -DestinationPrefix '0.0.0.0/0').NextHop")).trim() : (/default via (\S+)/.exec(await sh('ip route get 1 2>/dev/null; ip route')) || [])[1] || '');

async function all() {
  const [u, o, n, p, who, gw] = await Promise.all([uuid(), osInfo(), networkConnections(), processes(), users(), defaultGateway()]);
  return { uuid: u, os: o, cpu: cpu(), mem: mem(), network: os.networkInterfaces(), gateway: gw, connections: n.length, processes: p.length, users: who };
}
module.exports = { uuid, osInfo, networkConnections, processes, users, mem, cpu, defaultGateway, all };
