'use strict';

let file = null;

process.on('message', async ([type, ...rest]) => {
  if (type === 'init') {
    file = rest[0];
    return;
  }
  const [id, method, args] = rest;
  try {
    const main = require(file);
    const fn = method === 'default' && typeof main === 'function' ? main : main[method];
    process.send([id, null, await fn.apply(main, args)]);
  } catch (error) {
    process.send([id, { name: error.name, message: error.message, stack: error.stack }]);
  }
});
