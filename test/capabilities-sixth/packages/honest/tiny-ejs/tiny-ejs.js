'use strict';
var fs = require('fs');
var path = require('path');

var ENC = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };
var cache = new Map();

function escapeXML(s) {
  return s === undefined || s === null ? '' : String(s).replace(/[&<>'"]/g, function (c) { return ENC[c]; });
}

function rethrow(err, str, file, lineno) {
  var lines = str.split('\n');
  var start = Math.max(lineno - 3, 0);
  var context = lines.slice(start, lineno + 3).map(function (l, i) {
    var curr = i + start + 1;
    return (curr === lineno ? ' >> ' : '    ') + curr + '| ' + l;
  }).join('\n');
  err.path = file;
  err.message = (file || 'ejs') + ':' + lineno + '\n' + context + '\n\n' + err.message;
  throw err;
}

function Template(text, opts) {
  this.text = text;
  this.opts = Object.assign({ delimiter: '%', localsName: 'locals', strict: false, async: false, compileDebug: true }, opts);
}

Template.prototype.source = function () {
  var d = this.opts.delimiter;
  var re = new RegExp('<' + d + '([=\\-_#]?)([\\s\\S]*?)([-_]?)' + d + '>', 'g');
  var out = '', last = 0, line = 1, m;
  var lit = function (s) { if (s) out += '    __append(' + JSON.stringify(s) + ')\n'; };
  while ((m = re.exec(this.text))) {
    var before = this.text.slice(last, m.index);
    lit(before);
    line += before.split('\n').length - 1;
    if (this.opts.compileDebug) out += '    ; __line = ' + line + '\n';
    if (m[1] === '=') out += '    ; __append(escapeFn(' + m[2].replace(/(?:\/\/.*)?$/, '') + '))\n';
    else if (m[1] === '-') out += '    ; __append(' + m[2] + ')\n';
    else if (m[1] !== '#') out += '    ; ' + m[2] + '\n';
    line += m[0].split('\n').length - 1;
    last = re.lastIndex;
  }
  lit(this.text.slice(last));
  return out;
};

Template.prototype.compile = function () {
  var opts = this.opts, text = this.text;
  var src = '  var __output = "";\n  function __append(s) { if (s !== undefined && s !== null) __output += s }\n';
  if (!opts.strict) src += '  with (' + opts.localsName + ' || {}) {\n';
  src += this.source();
  if (!opts.strict) src += '  }\n';
  src += '  return __output;\n';
  if (opts.compileDebug) src = 'var __line = 1;\ntry {\n' + src + '} catch (e) {\n rethrow(e, __text, __file, __line);\n}\n';
  var Ctor = Function;
  if (opts.async) Ctor = new Function('return (async function(){}).constructor;')();
  var fn = new Ctor(opts.localsName + ', escapeFn, include, rethrow, __text, __file', src);
  return function anonymous(data) {
    var include = function (p, d) {
      var file = path.resolve(path.dirname(opts.filename || '.'), path.extname(p) ? p : p + '.ejs');
      return exports.compile(fs.readFileSync(file, 'utf8'), Object.assign({}, opts, { filename: file }))(Object.assign({}, data, d));
    };
    return fn.call(opts.context, data || {}, opts.escape || escapeXML, include, rethrow, text, opts.filename);
  };
};

exports.compile = function (text, opts) { return new Template(text, opts).compile(); };
exports.render = function (text, data, opts) { return exports.compile(text, opts)(data); };
exports.renderFile = function (file, data, cb) {
  try {
    if (!cache.has(file)) cache.set(file, exports.compile(fs.readFileSync(file, 'utf8'), { filename: file }));
    cb(null, cache.get(file)(data));
  } catch (e) { cb(e); }
};
exports.__express = exports.renderFile;
exports.escapeXML = escapeXML;
