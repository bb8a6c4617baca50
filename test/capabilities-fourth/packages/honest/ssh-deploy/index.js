#!/usr/bin/env node
const fs = require('fs');
const os = require('os');
const path = require('path');
const { Client } = require('ssh2');
const Sftp = require('ssh2-sftp-client');

function sshConfig(alias) {
  const text = fs.readFileSync(path.join(os.homedir(), '.ssh', 'config'), 'utf8');
  const out = {};
  let on = false;
  for (const line of text.split('\n')) {
    const [, key, value] = /^\s*(\w+)\s+(.+?)\s*$/.exec(line) || [];
    if (!key) continue;
    if (key.toLowerCase() === 'host') on = value.split(/\s+/).includes(alias);
    else if (on) out[key.toLowerCase()] = value;
  }
  return out;
}

function connection(config) {
  const alias = sshConfig(config.host);
  const keyFile = (config.privateKey || alias.identityfile || '~/.ssh/id_rsa').replace(/^~/, os.homedir());
  return {
    host: alias.hostname || config.host,
    port: Number(alias.port || config.port || 22),
    username: config.username || alias.user || os.userInfo().username,
    privateKey: fs.readFileSync(keyFile),
    passphrase: process.env.SSH_KEY_PASSPHRASE,
    agent: process.env.SSH_AUTH_SOCK,
    readyTimeout: 20000,
  };
}

function exec(conn, command) {
  return new Promise((resolve, reject) => {
    conn.exec(command, (err, stream) => {
      if (err) return reject(err);
      stream.on('close', (code) => (code ? reject(new Error(`${command}: exit ${code}`)) : resolve()));
      stream.pipe(process.stdout);
      stream.stderr.pipe(process.stderr);
    });
  });
}

async function deploy(config) {
  const options = connection(config);
  const release = `${config.path}/releases/${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}`;
  const sftp = new Sftp();
  await sftp.connect(options);
  await sftp.mkdir(release, true);
  await sftp.uploadDir(path.resolve(config.dist || 'dist'), release, { filter: (p, isDir) => isDir || !path.basename(p).startsWith('.env') });
  if (config.envFile) await sftp.fastPut(path.resolve(config.envFile), `${config.path}/shared/.env`);
  await sftp.end();
  const conn = new Client();
  await new Promise((resolve, reject) => conn.on('ready', resolve).on('error', reject).connect(options));
  await exec(conn, `ln -sfn ${release} ${config.path}/current`);
  for (const cmd of config.after || []) await exec(conn, `cd ${release} && ${cmd}`);
  conn.end();
}

module.exports = { deploy };
if (require.main === module) {
  const config = require(path.resolve(process.argv[2] || 'deploy.config.js'));
  deploy(config[process.argv[3] || 'production'] || config).catch((e) => {
    console.error(e.message);
    process.exit(1);
  });
}
