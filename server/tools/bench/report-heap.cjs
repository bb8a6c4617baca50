// Preloaded into a measured process that runs with --expose-gc: for each byte on pipe 4 it collects garbage and writes
// its memory as a line of JSON to pipe 3. Neither pipe keeps the process alive.
const { Socket } = require('node:net');
const questions = new Socket({ fd: 4, readable: true, writable: false });
questions.unref();
questions.on('data', async (bytes) => {
  for (const _ of bytes) {
    // The target of a weak reference stays alive until the current job ends.
    await new Promise((resolve) => setImmediate(resolve));
    for (let round = 0; round < 3; round++) globalThis.gc();
    require('node:fs').writeSync(3, `${JSON.stringify(process.memoryUsage())}\n`);
  }
});
