'use strict';

exports.get = async (run, service, account) => {
  try {
    return await run('secret-tool', ['lookup', 'service', service, 'account', account]);
  } catch (err) {
    if (err.code === 1) return null;
    throw err;
  }
};

exports.set = (run, service, account, password) =>
  run('secret-tool', ['store', '--label', `${service}/${account}`, 'service', service, 'account', account], password);

exports.del = (run, service, account) => run('secret-tool', ['clear', 'service', service, 'account', account]);
