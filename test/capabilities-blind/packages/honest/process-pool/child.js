'use strict';
const vm = require('vm');
process.on('message', async ({ code, file, args }) => {
  try {
    const fn = file ? require(file) : vm.runInThisContext(`(${code})`);
    process.send({ value: await fn(...args) });
  } catch (error) {
    process.send({ error: { message: error.message, stack: error.stack } });
  }
});
process.on('disconnect', () => process.exit());
