#!/usr/bin/env node
const { spawn } = require('child_process');
const args = process.argv.slice(2);
const env = Object.assign({}, process.env);
while (args.length && /^\w+=/.test(args[0])) {
  const [k, ...v] = args.shift().split('=');
  env[k] = v.join('=');
}
if (args.length) {
  spawn(args[0], args.slice(1), { stdio: 'inherit', shell: true, env }).on('exit', (c) => process.exit(c));
}
