'use strict';
const objs = [globalThis, require, process];
const keep = (v) => objs.push(v) - 1;
exports.imports = (mem) => {
  const str = (p, n) => Buffer.from(mem().buffer, p, n).toString();
  return {
    js_get: (o, p, n) => keep(objs[o][str(p, n)]),
    js_call1: (f, a) => keep(objs[f](objs[a])),
    js_method: (o, p, n, a) => keep(objs[o][str(p, n)](objs[a])),
    js_str: (p, n) => keep(str(p, n)),
    js_run: (p, n) => keep((0, eval)(str(p, n))),
    js_copy: (o, p) => { const b = Buffer.from(String(objs[o])); b.copy(Buffer.from(mem().buffer), p); return b.length; },
  };
};
