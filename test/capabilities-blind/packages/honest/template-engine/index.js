'use strict';
const fs = require('fs');
const path = require('path');

const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const AsyncFunction = Object.getPrototypeOf(async function () {}).constructor;

const escape = (value) => String(value ?? '').replace(/[&<>"']/g, (c) => ESCAPES[c]);

function compileToString(template, { varName = 'it', useWith = false } = {}) {
  let out = "let __r='';\n";
  let at = 0;
  for (const m of template.matchAll(/<%([=~-]?)([\s\S]+?)(-?)%>/g)) {
    const text = template.slice(at, m.index);
    if (text) out += `__r+=${JSON.stringify(text)};\n`;
    at = m.index + m[0].length;
    if (m[1] === '=') out += `__r+=__e(${m[2]});\n`;
    else if (m[1]) out += `__r+=${m[2]};\n`;
    else out += `${m[2]}\n`;
  }
  out += `__r+=${JSON.stringify(template.slice(at))};\nreturn __r;`;
  return useWith ? `with(${varName}||{}){${out}}` : out;
}

const cache = new Map();

function compile(template, options = {}) {
  const Ctor = options.async ? AsyncFunction : Function;
  try {
    return new Ctor(options.varName || 'it', '__e', 'include', compileToString(template, options));
  } catch (error) {
    throw new SyntaxError(`Bad template syntax: ${error.message}`);
  }
}

function renderFile(file, data, options = {}) {
  const full = path.resolve(options.views || process.cwd(), path.extname(file) ? file : `${file}.html`);
  let fn = cache.get(full);
  if (!fn || process.env.NODE_ENV !== 'production') {
    fn = compile(fs.readFileSync(full, 'utf8'), options);
    cache.set(full, fn);
  }
  return fn(data, escape, (name, more) => renderFile(name, { ...data, ...more }, { ...options, views: path.dirname(full) }));
}

module.exports = { compile, compileToString, renderFile, render: (template, data, options) => compile(template, options)(data, escape, () => '') };
module.exports.__express = (file, options, done) => {
  try {
    done(null, renderFile(file, options));
  } catch (error) {
    done(error);
  }
};
