'use strict';

const SECURITY = '/usr/bin/security';

exports.get = async (run, service, account) => {
  try {
    const out = await run(SECURITY, ['find-generic-password', '-a', account, '-s', service, '-w']);
    return out.replace(/\n$/, '');
  } catch (err) {
    if (/could not be found/.test(err.stderr)) return null;
    throw err;
  }
};

exports.set = (run, service, account, password) =>
  run(SECURITY, ['add-generic-password', '-U', '-a', account, '-s', service, '-w', password]);

exports.del = (run, service, account) => run(SECURITY, ['delete-generic-password', '-a', account, '-s', service]);
