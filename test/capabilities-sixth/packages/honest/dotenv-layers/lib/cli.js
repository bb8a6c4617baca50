#!/usr/bin/env node
const { spawn } = require('child_process')
const { config } = require('./main')
const args = process.argv.slice(2)
const i = args.indexOf('--')
if (i === -1) {
  console.error('usage: dotenv-layers [--mode production] -- command args...')
  process.exit(2)
}
const m = args.indexOf('--mode')
config({ mode: m > -1 && m < i ? args[m + 1] : undefined })
const [cmd, ...rest] = args.slice(i + 1)
const child = spawn(cmd, rest, { stdio: 'inherit', env: process.env, shell: process.platform === 'win32' })
for (const s of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(s, () => child.kill(s))
child.on('exit', (code, signal) => { signal ? process.kill(process.pid, signal) : process.exit(code) })
