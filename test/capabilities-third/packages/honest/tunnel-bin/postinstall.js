const os = require('os');
const fs = require('fs');
const path = require('path');
const https = require('https');
const { execFileSync } = require('child_process');

const cdn = process.env.TUNNEL_CDN_URL || 'https://bin.example.test';
const files = { darwinx64: 'darwin-amd64.zip', darwinarm64: 'darwin-arm64.zip', linuxx64: 'linux-amd64.zip', linuxarm64: 'linux-arm64.zip', win32x64: 'windows-amd64.zip' };
const arch = process.env.TUNNEL_ARCH || os.platform() + os.arch();
const file = files[arch];
if (!file) {
  console.error(`tunnel - platform ${arch} is not supported.`);
  process.exit(1);
}

const dir = path.join(__dirname, 'bin');
const zip = path.join(os.tmpdir(), Buffer.from(`${cdn}/${file}`).toString('base64') + '.zip');

function retry(attempts) {
  console.log(`tunnel - downloading binary ${cdn}/${file}`);
  https.get(`${cdn}/${file}`, (res) => {
    if (res.statusCode >= 400) return attempts ? retry(attempts - 1) : process.exit(1);
    res.pipe(fs.createWriteStream(zip)).on('finish', () => {
      fs.mkdirSync(dir, { recursive: true });
      execFileSync('tar', ['-xf', zip, '-C', dir]);
      const target = path.join(dir, os.platform() === 'win32' ? 'tunnel.exe' : 'tunnel');
      if (os.platform() !== 'win32') fs.chmodSync(target, 0o755);
      console.log(execFileSync(target, ['--version']).toString().trim());
    });
  }).on('error', (e) => {
    console.error('tunnel - error downloading', e.message);
    if (attempts) setTimeout(() => retry(attempts - 1), 200);
    else process.exit(1);
  });
}
retry(3);
