'use strict';
const { fork } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

function* testFiles(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* testFiles(file);
    else if (/\.(test|spec)\.[cm]?js$/.test(entry.name)) yield file;
  }
}

async function main() {
  const files = [...testFiles(process.cwd())];
  const counts = { passed: 0, failed: 0 };
  const worker = async () => {
    for (let file = files.shift(); file; file = files.shift()) {
      const child = fork(require.resolve('./sandbox'), [file], { silent: true });
      const output = [];
      child.stdout.on('data', (d) => output.push(d));
      child.stderr.on('data', (d) => output.push(d));
      child.on('message', ({ status, name, error }) => {
        counts[status]++;
        if (error) console.error(`  ✗ ${name}\n${error}`);
      });
      const code = await new Promise((resolve) => child.on('exit', resolve));
      if (code) console.error(`${path.relative(process.cwd(), file)} exited with ${code}\n${Buffer.concat(output)}`);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, os.cpus().length - 1) }, worker));
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  process.exitCode = counts.failed ? 1 : 0;
}

if (require.main === module) main();
