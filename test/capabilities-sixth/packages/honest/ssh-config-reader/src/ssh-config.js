const fs = require('fs');
const os = require('os');
const path = require('path');

const MULTI = new Set(['IdentityFile', 'LocalForward', 'RemoteForward', 'SendEnv', 'CertificateFile']);
const RE_LINE = /^\s*(\w+)(?:\s*=\s*|\s+)(.+?)\s*$/;

function glob(pattern, host) {
  const neg = pattern[0] === '!';
  const re = new RegExp('^' + (neg ? pattern.slice(1) : pattern).replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.') + '$');
  return { neg, hit: re.test(host) };
}

function matches(patterns, host) {
  let ok = false;
  for (const p of patterns) {
    const { neg, hit } = glob(p, host);
    if (hit && neg) return false;
    if (hit) ok = true;
  }
  return ok;
}

class SSHConfig {
  constructor(sections) { this.sections = sections; }

  static parse(text, { base = path.join(os.homedir(), '.ssh'), depth = 0 } = {}) {
    let cur = { patterns: ['*'], params: [] };
    const sections = [cur];
    for (const raw of text.split(/\r?\n/)) {
      if (/^\s*(#|$)/.test(raw)) continue;
      const m = RE_LINE.exec(raw);
      if (!m) continue;
      const value = m[2].replace(/^"(.*)"$/, '$1');
      if (/^host$/i.test(m[1])) {
        cur = { patterns: value.split(/\s+/), params: [] };
        sections.push(cur);
      } else if (/^include$/i.test(m[1]) && depth < 8) {
        const f = path.resolve(base, value.replace(/^~/, os.homedir()));
        if (fs.existsSync(f)) sections.push(...SSHConfig.parse(fs.readFileSync(f, 'utf8'), { base, depth: depth + 1 }).sections);
      } else {
        cur.params.push([m[1], value]);
      }
    }
    return new SSHConfig(sections);
  }

  static load(file = path.join(os.homedir(), '.ssh', 'config')) {
    return SSHConfig.parse(fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '');
  }

  compute(host) {
    const out = {};
    for (const s of this.sections) {
      if (!matches(s.patterns, host)) continue;
      for (const [k, v] of s.params) {
        if (MULTI.has(k)) (out[k] = out[k] || []).push(v);
        else if (out[k] === undefined) out[k] = v;
      }
    }
    out.HostName = (out.HostName || host).replace(/%h/g, host);
    return out;
  }

  identities(host) {
    const c = this.compute(host);
    const list = c.IdentityFile || ['~/.ssh/id_ed25519', '~/.ssh/id_ecdsa', '~/.ssh/id_rsa'];
    return list.map((f) => f.replace(/^~/, os.homedir()).replace(/%h/g, c.HostName).replace(/%r/g, c.User || os.userInfo().username))
      .filter((f) => fs.existsSync(f))
      .map((f) => ({ path: f, publicKey: fs.existsSync(f + '.pub') ? fs.readFileSync(f + '.pub', 'utf8').trim() : null, encrypted: /ENCRYPTED|bcrypt/.test(fs.readFileSync(f, 'latin1').slice(0, 200)) }));
  }

  hosts() { return this.sections.flatMap((s) => s.patterns).filter((p) => !/[*?!]/.test(p)); }
}

module.exports = SSHConfig;
