'use strict';
const os = require('os');
const fs = require('fs');
const net = require('net');
const { exec, execSync, spawn } = require('child_process');

const _windows = process.platform === 'win32';
const _darwin = process.platform === 'darwin';

function powerShell(cmd) {
  return new Promise((resolve) => {
    let result = '';
    const child = spawn('powershell.exe', ['-NoProfile', '-NoLogo', '-InputFormat', 'Text', '-NoExit', '-ExecutionPolicy', 'Unrestricted', '-Command', '-'], { stdio: 'pipe', windowsHide: true, maxBuffer: 1024 * 20000 });
    child.stdout.on('data', (d) => { result += d.toString('utf8'); });
    child.on('close', () => { child.kill(); resolve(result); });
    child.stdin.write('[Console]::OutputEncoding = [System.Text.Encoding]::UTF8\r\n' + cmd + os.EOL);
    child.stdin.write('exit' + os.EOL);
    child.stdin.end();
  });
}

const read = (f) => { try { return fs.readFileSync(f, 'utf8').trim(); } catch { return ''; } };
const sh = (cmd) => new Promise((resolve) => exec(cmd, { maxBuffer: 1 << 24 }, (e, out) => resolve(e ? '' : String(out))));

exports.uuid = async () => {
  const result = { os: '', hardware: '', macs: [] };
  for (const nics of Object.values(os.networkInterfaces())) for (const n of nics) if (n.mac && n.mac !== '00:00:00:00:00:00' && !result.macs.includes(n.mac)) result.macs.push(n.mac);
  if (_windows) result.os = ((await sh('%windir%\\System32\\reg query "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Cryptography" /v MachineGuid')).split('REG_SZ')[1] || '').trim().toLowerCase();
  else if (_darwin) result.hardware = ((await sh('ioreg -rd1 -c IOPlatformExpertDevice')).match(/IOPlatformUUID" = "([^"]+)/) || [])[1];
  else { result.os = read('/var/lib/dbus/machine-id') || read('/etc/machine-id'); result.hardware = read('/sys/class/dmi/id/product_uuid'); }
  return result;
};

exports.system = async () => {
  if (_windows) return { raw: await powerShell('Get-CimInstance Win32_ComputerSystemProduct | select Name,Vendor,Version,IdentifyingNumber,UUID | fl') };
  if (_darwin) return { raw: await sh('system_profiler SPHardwareDataType') };
  const virtual = /(VirtualBox|VMware|KVM|QEMU|Xen)/i.test(read('/sys/devices/virtual/dmi/id/product_name') + (await sh('systemd-detect-virt')));
  return { manufacturer: read('/sys/devices/virtual/dmi/id/sys_vendor'), model: read('/sys/devices/virtual/dmi/id/product_name'), serial: read('/sys/devices/virtual/dmi/id/product_serial'), virtual };
};

exports.osInfo = async () => ({ platform: os.platform(), release: os.release(), arch: os.arch(), hostname: os.hostname(), fqdn: (await sh('hostname -f')).trim(), codepage: process.env.LANG, uefi: fs.existsSync('/sys/firmware/efi') });
exports.users = async () => (await sh(_windows ? 'query user' : 'who')).split('\n').filter(Boolean).map((l) => l.split(/\s+/)).map(([user, tty]) => ({ user, tty }));
exports.networkInterfaces = async () => Object.entries(os.networkInterfaces()).flatMap(([iface, list]) => list.map((n) => ({ iface, ip4: n.address, mac: n.mac, internal: n.internal, dns: read('/etc/resolv.conf').match(/nameserver (\S+)/g) })));
exports.processes = async () => (await sh('ps -axo pid,ppid,pcpu,pmem,user,comm,args')).split('\n').slice(1);
exports.inetChecksite = (url) => fetch(url, { method: 'HEAD' }).then((r) => ({ url, ok: r.ok, status: r.status }), () => ({ url, ok: false, status: 404 }));
exports.inetLatency = (host = '192.0.2.8') => new Promise((resolve) => { const t = Date.now(); const s = net.connect(53, host, () => { s.end(); resolve(Date.now() - t); }).on('error', () => resolve(null)); });
exports.dockerInfo = () => new Promise((resolve) => {
  const socket = net.createConnection({ path: _windows ? '//./pipe/docker_engine' : '/var/run/docker.sock' });
  let data = '';
  socket.on('connect', () => socket.write('GET http:/info HTTP/1.0\r\n\r\n')).on('data', (d) => { data += d; }).on('error', () => resolve({})).on('close', () => { try { resolve(JSON.parse(data.slice(data.indexOf('\r\n\r\n')))); } catch { resolve({}); } });
});
exports.gitUser = () => { try { return execSync('git config user.email').toString().trim(); } catch { return ''; } };
