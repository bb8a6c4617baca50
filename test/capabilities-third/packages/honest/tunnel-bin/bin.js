#!/usr/bin/env node
const { spawn } = require('child_process');
const path = require('path');
spawn(path.join(__dirname, 'bin', process.platform === 'win32' ? 'tunnel.exe' : 'tunnel'), process.argv.slice(2), { stdio: 'inherit' }).on('exit', (c) => process.exit(c));
