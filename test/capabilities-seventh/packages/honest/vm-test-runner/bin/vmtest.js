#!/usr/bin/env node
const fg = require('fast-glob');
const { fork } = require('child_process');
const os = require('os');
const path = require('path');
(async () => {
  const files = await fg(process.argv.slice(2).filter((a) => !a.startsWith('-')).concat(process.argv.length > 2 ? [] : ['**/*.test.js']), { ignore: ['**/node_modules/**'], absolute: true });
  let failed = 0;
  const next = async () => {
    while (files.length) {
      const f = files.shift();
      await new Promise((done) => {
        const w = fork(path.join(__dirname, '../src/worker.js'), [f], { execArgv: ['--experimental-vm-modules'] });
        w.on('message', (r) => { failed += r.failed; console.log(`${r.failed ? 'FAIL' : 'PASS'} ${path.relative(process.cwd(), f)} (${r.passed} passed, ${r.failed} failed)`); r.errors.forEach((e) => console.log('   ' + e)); });
        w.on('exit', done);
      });
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, os.cpus().length - 1) }, next));
  process.exit(failed ? 1 : 0);
})();
