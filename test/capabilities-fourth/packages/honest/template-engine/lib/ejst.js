'use strict';
var fs = require('fs');
var path = require('path');
var _JS_IDENTIFIER = /^[a-zA-Z_$][0-9a-zA-Z_$]*$/;
var _ENCODE = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };

exports.cache = new Map();
exports.escapeXML = function (s) { return s == undefined ? '' : String(s).replace(/[&<>'"]/g, function (m) { return _ENCODE[m]; }); };

function generateSource(text, opts) {
  var out = '  var __output = "";\n  function __append(s) { if (s !== undefined && s !== null) __output += s }\n';
  var re = /<%([=\-#]?)([\s\S]+?)([-]?)%>/g;
  var last = 0, m;
  while ((m = re.exec(text))) {
    out += '    ; __append(' + JSON.stringify(text.slice(last, m.index)) + ')\n';
    if (m[1] === '=') out += '    ; __append(escapeFn(' + m[2].trim() + '))\n';
    else if (m[1] === '-') out += '    ; __append(' + m[2].trim() + ')\n';
    else if (m[1] !== '#') out += '    ; ' + m[2].trim() + '\n';
    last = re.lastIndex;
  }
  out += '    ; __append(' + JSON.stringify(text.slice(last)) + ')\n  return __output;\n';
  return opts._with === false ? out : '  with (' + (opts.localsName || 'locals') + ' || {}) {\n' + out + '}\n';
}

exports.compile = function compile(template, opts) {
  opts = opts || {};
  var escapeFn = opts.escape || exports.escapeXML;
  if (opts.localsName && !_JS_IDENTIFIER.test(opts.localsName)) throw new Error('localsName is not a valid JS identifier.');
  var src = generateSource(template, opts);
  var ctor = Function;
  if (opts.async) {
    try {
      ctor = (new Function('return (async function(){}).constructor;'))();
    } catch (e) {
      if (e instanceof SyntaxError) throw new Error('This environment does not support async/await');
      throw e;
    }
  }
  if (opts.debug) console.log(src);
  var fn;
  try {
    fn = new ctor((opts.localsName || 'locals') + ', escapeFn, include, rethrow', src);
  } catch (e) {
    e.message += (opts.filename ? ' in ' + opts.filename : '') + ' while compiling ejst';
    throw e;
  }
  return function anonymous(data) {
    var include = function (p, d) {
      var file = path.resolve(path.dirname(opts.filename || ''), p + (path.extname(p) ? '' : '.ejs'));
      if (!exports.cache.has(file)) exports.cache.set(file, compile(fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, ''), Object.assign({}, opts, { filename: file })));
      return exports.cache.get(file)(Object.assign({}, data, d));
    };
    return fn.apply(opts.context, [data || Object.create(null), escapeFn, include, function (e) { throw e; }]);
  };
};

exports.render = function (template, data, opts) { return exports.compile(template, opts)(data); };
exports.__express = function (file, options, cb) {
  try { cb(null, exports.render(fs.readFileSync(file, 'utf8'), options, { filename: file })); } catch (e) { cb(e); }
};
