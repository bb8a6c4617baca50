#!/usr/bin/env node
const { spawn } = require('child_process');
const readline = require('readline');
const { attach } = require('./index');

const [file, ...args] = process.argv.slice(2);
const child = spawn(process.execPath, ['--inspect-brk=127.0.0.1:0', file, ...args], { stdio: ['inherit', 'inherit', 'pipe'] });
child.stderr.on('data', async (chunk) => {
  const m = /ws:\/\/127\.0\.0\.1:\d+\/[0-9a-f-]+/.exec(String(chunk));
  if (!m) return process.stderr.write(chunk);
  const session = await attach(m[0]);
  const rl = readline.createInterface({ input: process.stdin, output: process.stdout, prompt: 'debug> ' });
  rl.prompt();
  rl.on('line', async (line) => {
    const [cmd] = line.trim().split(' ');
    if (cmd === 'c') await session.send('Debugger.resume');
    else if (cmd === 'n') await session.send('Debugger.stepOver');
    else if (cmd === '.exit') { child.kill(); process.exit(0); } else if (cmd === 'env') console.log(process.env);
    else console.log(await session.evaluate(line));
    rl.prompt();
  });
});
