'use strict';
const { spawn, spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const root = path.resolve(__dirname, '..');
const prebuilt = path.join(root, 'prebuilds', `${os.platform()}-${os.arch()}`, 'fasthash.node');

function loads(file) {
  if (!fs.existsSync(file)) return false;
  // A wrong libc crashes the process, so it is tried in another one.
  return spawnSync(process.execPath, ['-e', `require(${JSON.stringify(file)})`], { stdio: 'ignore' }).status === 0;
}

if (process.env.npm_config_build_from_source !== 'true' && loads(prebuilt)) process.exit(0);

const gyp = process.env.npm_config_node_gyp;
const args = ['rebuild', ...(process.env.npm_config_debug ? ['--debug'] : [])];
const child = gyp ? spawn(process.execPath, [gyp, ...args], { cwd: root, stdio: 'inherit' }) : spawn(os.platform() === 'win32' ? 'node-gyp.cmd' : 'node-gyp', args, { cwd: root, stdio: 'inherit', shell: os.platform() === 'win32' });
child.on('exit', (code) => process.exit(code ?? 1));
child.on('error', (error) => {
  console.error(`node-gyp could not be started: ${error.message}`);
  process.exit(1);
});
