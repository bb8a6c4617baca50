const { spawn } = require('child_process');
const path = require('path');
exports.build = (options) => new Promise((resolve, reject) => {
  const child = spawn(process.env.FASTPACK_BINARY_PATH || path.join(__dirname, '..', 'bin', 'fastpack'), ['--service=0.21.4', '--ping'], { windowsHide: true, stdio: ['pipe', 'pipe', 'inherit'], cwd: options.absWorkingDir });
  child.stdin.end(JSON.stringify(options));
  let out = '';
  child.stdout.on('data', (c) => { out += c; });
  child.on('close', (code) => (code ? reject(new Error('build failed')) : resolve(JSON.parse(out))));
});
