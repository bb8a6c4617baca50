export class Storage {
  constructor(prefix, backend = typeof localStorage === 'undefined' ? null : localStorage) { this.prefix = prefix; this.backend = backend; this.mem = new Map(); }
  key(k) { return `${this.prefix}.${k}`; }
  get(k, fallback = null) { try { return JSON.parse(this.backend ? this.backend.getItem(this.key(k)) : this.mem.get(k)) ?? fallback; } catch { return fallback; } }
  set(k, v) { const s = JSON.stringify(v); this.backend ? this.backend.setItem(this.key(k), s) : this.mem.set(k, s); }
  remove(k) { this.backend ? this.backend.removeItem(this.key(k)) : this.mem.delete(k); }
}
