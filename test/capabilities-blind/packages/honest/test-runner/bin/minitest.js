#!/usr/bin/env node
'use strict';
const { spawn } = require('child_process');
const inspect = process.argv.filter((arg) => /^--(inspect|expose|max-old)/.test(arg));
const child = spawn(process.execPath, [...inspect, require.resolve('../lib/run'), ...process.argv.slice(2)], { stdio: 'inherit', env: { ...process.env, NODE_ENV: process.env.NODE_ENV || 'test', FORCE_COLOR: process.stdout.isTTY ? '1' : '0' } });
child.on('exit', (code, signal) => process.on('exit', () => (signal ? process.kill(process.pid, signal) : (process.exitCode = code))));
process.on('SIGINT', () => child.kill('SIGINT'));
