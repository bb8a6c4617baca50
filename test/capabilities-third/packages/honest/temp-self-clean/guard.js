'use strict';
const fs = require('fs');
const [pid, ...dirs] = process.argv.slice(2);
const timer = setInterval(() => {
  try {
    process.kill(Number(pid), 0);
  } catch (e) {
    clearInterval(timer);
    for (const dir of dirs) fs.rmSync(dir, { recursive: true, force: true });
    fs.unlinkSync(__filename);
  }
}, 1000);
