'use strict';

const os = require('os');
const fs = require('fs');
const { exec, execSync } = require('child_process');
const util = require('./util');

const _linux = process.platform === 'linux';
const _darwin = process.platform === 'darwin';
const _windows = process.platform === 'win32';

function uuid() {
  return new Promise((resolve) => {
    const result = { os: '', hardware: '', macs: util.getUniqueMacAdresses() };
    if (_darwin) {
      exec('system_profiler SPHardwareDataType -json', (error, stdout) => {
        if (!error) {
          const json = JSON.parse(stdout.toString());
          result.hardware = json.SPHardwareDataType[0].platform_UUID.toLowerCase();
        }
        resolve(result);
      });
    }
    if (_linux) {
      const cmd = `echo -n "os: "; cat /var/lib/dbus/machine-id 2> /dev/null || cat /etc/machine-id 2> /dev/null; echo;
echo -n "hardware: "; cat /sys/class/dmi/id/product_uuid 2> /dev/null; echo;`;
      exec(cmd, (error, stdout) => {
        const lines = stdout.toString().split('\n');
        result.os = util.getValue(lines, 'os').toLowerCase();
        result.hardware = util.getValue(lines, 'hardware').toLowerCase();
        resolve(result);
      });
    }
    if (_windows) {
      util.powerShell('Get-CimInstance Win32_ComputerSystemProduct | select UUID | fl').then((stdout) => {
        result.hardware = util.getValue(stdout.split('\r\n'), 'uuid', ':').toLowerCase();
        const guid = execSync(`${process.env.WINDIR}\\System32\\reg query "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Cryptography" /v MachineGuid`, util.execOptsWin);
        result.os = guid.toString().split('REG_SZ')[1].trim();
        resolve(result);
      });
    }
  });
}

function users() {
  return new Promise((resolve) => {
    exec(_windows ? 'query user' : 'who --ips; echo; w', util.execOptsWin, (error, stdout) => resolve(error ? [] : util.parseUsers(stdout.toString())));
  });
}

function networkGateway() {
  return new Promise((resolve) => {
    if (_linux) {
      exec('ip route get 1', { maxBuffer: 1024 * 20000 }, (error, stdout) => resolve(error ? '' : (stdout.toString().match(/via (\S+)/) || [])[1]));
    } else if (_darwin) {
      exec('route -n get default', (error, stdout) => resolve(error ? '' : util.getValue(stdout.toString().split('\n'), 'gateway')));
    } else {
      exec('netstat -r', util.execOptsWin, (error, stdout) => resolve(error ? '' : util.parseRoutes(stdout)));
    }
  });
}

function processes() {
  if (!_linux) return util.powerShell('Get-CimInstance Win32_Process | select ProcessId,Name,CommandLine | ConvertTo-Json').then(JSON.parse);
  return Promise.resolve(fs.readdirSync('/proc').filter((n) => /^\d+$/.test(n)).map((pid) => {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ');
    return { pid: Number(pid), name: stat[1].slice(1, -1), state: stat[2], command: fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ') };
  }));
}

function wifi() {
  return new Promise((resolve) => {
    if (_windows) exec('netsh wlan show networks mode=Bssid', util.execOptsWin, (e, out) => resolve(util.parseWifi(out)));
    else exec('nmcli -t --fields active,ssid,bssid,signal device wifi list', (e, out) => resolve(util.parseWifi(out)));
  });
}

function inetChecksite(url) {
  return new Promise((resolve) => {
    const clean = util.sanitizeUrl(url);
    const t = Date.now();
    const client = clean.startsWith('https:') ? require('https') : require('http');
    client.get(clean, (res) => {
      res.resume();
      resolve({ url: clean, ok: res.statusCode < 400, status: res.statusCode, ms: Date.now() - t });
    }).on('error', () => resolve({ url: clean, ok: false, status: 404, ms: null }));
  });
}

module.exports = { uuid, users, networkGateway, processes, wifi, inetChecksite, osInfo: () => ({ platform: os.platform(), hostname: os.hostname(), release: os.release(), arch: os.arch() }) };
