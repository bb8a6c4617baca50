'use strict';
const fs = require('fs');
const path = require('path');
const zlib = require('zlib');
const acorn = require('acorn');
const { builtinModules, createRequire } = require('module');

const MIME = { '.png': 'image/png', '.svg': 'image/svg+xml', '.gif': 'image/gif', '.wasm': 'application/wasm' };

function requires(code) {
  const found = [];
  (function walk(n) {
    if (!n || typeof n.type !== 'string') return;
    if (n.type === 'CallExpression' && n.callee.name === 'require' && n.arguments[0] && n.arguments[0].type === 'Literal') found.push(n.arguments[0].value);
    for (const k of Object.keys(n)) {
      const v = n[k];
      if (Array.isArray(v)) v.forEach(walk);
      else if (v && typeof v === 'object') walk(v);
    }
  })(acorn.parse(code, { ecmaVersion: 'latest', sourceType: 'script', allowHashBang: true, allowReturnOutsideFunction: true }));
  return found;
}

function load(file) {
  const ext = path.extname(file);
  if (MIME[ext]) return `module.exports = ${JSON.stringify(`data:${MIME[ext]};base64,` + fs.readFileSync(file).toString('base64'))};`;
  const text = fs.readFileSync(file, 'utf8');
  if (ext === '.json') return `module.exports = ${text};`;
  if (ext === '.css') return `var s=document.createElement("style");s.textContent=${JSON.stringify(text)};document.head.appendChild(s);`;
  return text;
}

async function graph(entry) {
  const mods = new Map();
  const visit = (file) => {
    if (mods.has(file)) return mods.get(file).id;
    const mod = { id: mods.size, file, deps: {} };
    mods.set(file, mod);
    mod.code = load(file);
    const req = createRequire(file);
    for (const r of requires(mod.code)) {
      if (builtinModules.includes(r.replace(/^node:/, ''))) continue;
      mod.deps[r] = visit(req.resolve(r));
    }
    return mod.id;
  };
  visit(path.resolve(entry));
  return [...mods.values()];
}

const RUNTIME = '(function(m){var c={};function r(i){if(c[i])return c[i].exports;var x=c[i]={exports:{}};m[i][0].call(x.exports,function(n){var k=m[i][1][n];return k===undefined?require(n):r(k)},x,x.exports);return x.exports}return r(0)})';

exports.bundle = async ({ entry, out, dev }) => {
  const mods = await graph(entry);
  const body = mods.map((m) => {
    const code = dev ? `eval(${JSON.stringify(m.code + `\n//# sourceURL=mini:///${path.relative(process.cwd(), m.file)}`)});` : m.code;
    return `[function(require,module,exports){${code}\n},${JSON.stringify(m.deps)}]`;
  });
  const js = `${RUNTIME}([\n${body.join(',\n')}\n]);\n`;
  fs.writeFileSync(out, js);
  return { size: js.length, gzip: zlib.gzipSync(js).length, modules: mods.length };
};

exports.watch = (opts) => {
  const go = () => exports.bundle(opts).then((r) => console.log(new Date().toLocaleTimeString(), r.size), (e) => console.error(e.message));
  go();
  let t;
  fs.watch(path.dirname(path.resolve(opts.entry)), { recursive: true }, (_e, f) => { if (f !== path.basename(opts.out)) { clearTimeout(t); t = setTimeout(go, 80); } });
};
