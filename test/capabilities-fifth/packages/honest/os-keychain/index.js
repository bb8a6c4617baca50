'use strict';
const { execFile } = require('child_process');

const backends = {
  darwin: require('./lib/darwin'),
  linux: require('./lib/linux'),
  win32: require('./lib/win32'),
};

function run(file, args, input) {
  return new Promise((resolve, reject) => {
    const child = execFile(file, args, { encoding: 'utf8' }, (err, stdout, stderr) => {
      if (err) {
        err.stderr = stderr;
        reject(err);
      } else {
        resolve(stdout);
      }
    });
    if (input !== undefined) child.stdin.end(input);
  });
}

function backend() {
  const b = backends[process.platform];
  if (!b) throw new Error(`os-keychain does not support ${process.platform}`);
  return b;
}

exports.getPassword = (service, account) => backend().get(run, service, account);
exports.setPassword = (service, account, password) => backend().set(run, service, account, password);
exports.deletePassword = (service, account) => backend().del(run, service, account);
