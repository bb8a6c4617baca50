'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawnSync } = require('child_process');

const MULTI = new Set(['IdentityFile', 'LocalForward', 'RemoteForward', 'DynamicForward', 'CertificateFile', 'SendEnv']);

function glob(patterns, host) {
  const list = patterns.split(/[,\s]+/).filter(Boolean);
  let hit = false;
  for (const p of list) {
    const neg = p[0] === '!';
    const re = new RegExp('^' + (neg ? p.slice(1) : p).replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.') + '$');
    if (re.test(host)) { if (neg) return false; hit = true; }
  }
  return hit;
}

class SSHConfig {
  constructor(lines = []) { this.lines = lines; }
  static parse(text) {
    const cfg = new SSHConfig();
    let section = null;
    for (const raw of text.split(/\r?\n/)) {
      const line = raw.trim();
      if (!line || line[0] === '#') { (section ? section.config : cfg.lines).push({ type: 'comment', content: raw }); continue; }
      const m = /^(\S+?)(?:\s*=\s*|\s+)(.*)$/.exec(line);
      if (!m) continue;
      const node = { type: 'directive', param: m[1], value: m[2].replace(/^"(.*)"$/, '$1') };
      if (/^(host|match)$/i.test(node.param)) { node.config = []; section = node; cfg.lines.push(node); } else (section ? section.config : cfg.lines).push(node);
    }
    return cfg;
  }
  static load(file = path.join(os.homedir(), '.ssh', 'config')) {
    if (!fs.existsSync(file)) return new SSHConfig();
    const cfg = SSHConfig.parse(fs.readFileSync(file, 'utf8'));
    const expand = (nodes) => nodes.flatMap((n) => {
      if (n.type !== 'directive' || !/^include$/i.test(n.param)) return [n];
      const target = n.value.replace(/^~/, os.homedir());
      return SSHConfig.load(path.isAbsolute(target) ? target : path.join(path.dirname(file), target)).lines;
    });
    cfg.lines = expand(cfg.lines);
    return cfg;
  }
  compute(host, { user = os.userInfo().username } = {}) {
    const out = {};
    const set = (n) => { if (MULTI.has(n.param)) (out[n.param] ||= []).push(n.value); else if (!(n.param in out)) out[n.param] = n.value; };
    for (const n of this.lines) {
      if (n.type !== 'directive') continue;
      if (!n.config) { set(n); continue; }
      const isMatch = /^match$/i.test(n.param);
      const exec = isMatch && /exec\s+"([^"]+)"/.exec(n.value);
      const ok = isMatch ? (exec ? spawnSync(exec[1], { shell: true }).status === 0 : glob((/host\s+(\S+)/.exec(n.value) || [])[1] || '*', host)) : glob(n.value, host);
      if (ok) n.config.filter((x) => x.type === 'directive').forEach(set);
    }
    out.HostName ||= host;
    out.User ||= user;
    if (out.IdentityFile) out.IdentityFile = out.IdentityFile.map((f) => f.replace(/^~/, os.homedir()).replace('%h', out.HostName).replace('%r', out.User));
    return out;
  }
  append(opts) { const { Host, ...rest } = opts; this.lines.push({ type: 'directive', param: 'Host', value: Host, config: Object.entries(rest).map(([param, value]) => ({ type: 'directive', param, value })) }); return this; }
  remove(host) { this.lines = this.lines.filter((n) => !(n.config && n.value === host)); return this; }
  toString() { return this.lines.map((n) => (n.type === 'comment' ? n.content : `${n.param} ${n.value}` + (n.config ? '\n' + n.config.map((c) => (c.type === 'comment' ? c.content : `  ${c.param} ${c.value}`)).join('\n') : ''))).join('\n'); }
}
module.exports = SSHConfig;
