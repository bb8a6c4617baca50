const { execFileSync } = require('child_process');
const path = require('path');
exports.prefix = () => execFileSync('python3', ['-c', 'import sys;print(sys.prefix)'], { encoding: 'utf8' }).trim();
exports.bin = (name) => path.join(exports.prefix(), process.platform === 'win32' ? 'Scripts' : 'bin', name);
