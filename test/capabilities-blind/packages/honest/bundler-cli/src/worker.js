import { parentPort, workerData } from 'node:worker_threads';

parentPort.on('message', ({ entry, source }) => {
  let code = source;
  for (const [from, to] of Object.entries(workerData.define)) code = code.replaceAll(from, to);
  parentPort.postMessage({ entry, code: `(function (require, module, exports) {${code}\n})` });
});
