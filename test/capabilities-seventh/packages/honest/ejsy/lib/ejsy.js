'use strict';
var fs = require('fs');
var path = require('path');
var _JS_IDENTIFIER = /^[a-zA-Z_$][0-9a-zA-Z_$]*$/;
var cache = new Map();

var _MATCH = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };
function escapeXML(markup) {
  return markup == undefined ? '' : String(markup).replace(/[&<>'"]/g, function (c) { return _MATCH[c] || c; });
}

function rethrow(err, str, filename, lineno) {
  var lines = str.split('\n');
  var start = Math.max(lineno - 3, 0), end = Math.min(lines.length, lineno + 3);
  var context = lines.slice(start, end).map(function (line, i) { var curr = i + start + 1; return (curr === lineno ? ' >> ' : '    ') + curr + '| ' + line; }).join('\n');
  err.path = filename;
  err.message = (filename || 'ejsy') + ':' + lineno + '\n' + context + '\n\n' + err.message;
  throw err;
}

function Template(text, opts) {
  this.templateText = text;
  this.opts = Object.assign({ delimiter: '%', localsName: 'locals', _with: true, rmWhitespace: false }, opts);
  if (!_JS_IDENTIFIER.test(this.opts.localsName)) throw new Error('localsName is not a valid JS identifier.');
  this.source = '';
}

Template.prototype.generate = function () {
  var d = this.opts.delimiter, self = this, line = 1;
  var parts = this.templateText.split(new RegExp('(<' + d + d + '|' + d + d + '>|<' + d + '=|<' + d + '-|<' + d + '_|<' + d + '#|<' + d + '|' + d + '>|-' + d + '>|_' + d + '>)'));
  var mode = null;
  parts.forEach(function (part) {
    switch (part) {
      case '<' + d: case '<' + d + '_': mode = 'eval'; break;
      case '<' + d + '=': mode = 'escaped'; break;
      case '<' + d + '-': mode = 'raw'; break;
      case '<' + d + '#': mode = 'comment'; break;
      case '<' + d + d: self.source += '    ; __append("<' + d + '")\n'; break;
      case d + '>': case '-' + d + '>': case '_' + d + '>': mode = null; break;
      default:
        if (mode === 'eval') self.source += '    ; ' + part + '\n';
        else if (mode === 'escaped') self.source += '    ; __append(escapeFn(' + part.trim().replace(/;$/, '') + '))\n';
        else if (mode === 'raw') self.source += '    ; __append(' + part.trim().replace(/;$/, '') + ')\n';
        else if (!mode && part) self.source += '    ; __append(' + JSON.stringify(part) + ')\n';
    }
    var n = part.split('\n').length - 1;
    if (n) { line += n; self.source += '    ; __line = ' + line + '\n'; }
  });
};

Template.prototype.compile = function () {
  var opts = this.opts, text = this.templateText;
  this.generate();
  var src = '  var __output = "";\n  function __append(s) { if (s !== undefined && s !== null) __output += s }\n';
  if (opts._with) src += '  with (' + opts.localsName + ' || {}) {\n';
  src += this.source;
  if (opts._with) src += '  }\n';
  src += '  return __output;\n';
  src = 'var __line = 1;\ntry {\n' + src + '} catch (e) {\n rethrow(e, __lines, __filename, __line);\n}\n';
  var Ctor = Function;
  if (opts.async) {
    try { Ctor = (new Function('return (async function(){}).constructor;'))(); } catch (e) { throw new Error('This environment does not support async/await'); }
  }
  var fn = new Ctor(opts.localsName + ', escapeFn, include, rethrow, __lines, __filename', src);
  return function anonymous(data) {
    var include = function (p, includeData) {
      var f = path.resolve(path.dirname(opts.filename || '.'), p + (path.extname(p) ? '' : '.ejs'));
      return exports.render(fs.readFileSync(f, 'utf8'), Object.assign({}, data, includeData), Object.assign({}, opts, { filename: f }));
    };
    return fn.apply(opts.context, [data || Object.create(null), opts.escape || escapeXML, include, rethrow, text, opts.filename]);
  };
};

exports.compile = function (template, opts) { return new Template(String(template), opts).compile(); };
exports.render = function (template, data, opts) {
  opts = opts || {};
  var fn = opts.cache && cache.get(opts.filename);
  if (!fn) { fn = exports.compile(template, opts); if (opts.cache) cache.set(opts.filename, fn); }
  return fn(data);
};
exports.renderFile = function (filename, data, cb) {
  try { cb(null, exports.render(fs.readFileSync(filename, 'utf8'), data, { filename: filename })); } catch (e) { cb(e); }
};
exports.__express = exports.renderFile;
exports.escapeXML = escapeXML;
