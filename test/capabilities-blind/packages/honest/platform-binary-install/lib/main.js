'use strict';
const { spawn } = require('child_process');
const { binPath } = require('./platform');
exports.build = (options) =>
  new Promise((resolve, reject) => {
    const child = spawn(binPath(), ['--service', '--ping'], { windowsHide: true, stdio: ['pipe', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (d) => (out += d));
    child.on('close', (code) => (code ? reject(new Error(`exit ${code}`)) : resolve(JSON.parse(out))));
    child.stdin.end(JSON.stringify(options));
  });
