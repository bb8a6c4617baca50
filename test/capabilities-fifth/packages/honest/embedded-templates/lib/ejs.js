'use strict';

var fs = require('fs');
var path = require('path');

var scopeOptionWarned = false;
var _VERSION_STRING = require('../package.json').version;
var _DEFAULT_OPEN_DELIMITER = '<';
var _DEFAULT_CLOSE_DELIMITER = '>';
var _DEFAULT_DELIMITER = '%';
var _JS_IDENTIFIER = /^[a-zA-Z_$][0-9a-zA-Z_$]*$/;

exports.cache = new Map();
exports.fileLoader = fs.readFileSync;

exports.resolveInclude = function (name, filename, isDir) {
  var includePath = path.resolve(isDir ? filename : path.dirname(filename), name);
  if (!path.extname(name)) includePath += '.ejs';
  return includePath;
};

function escapeXML(markup) {
  return markup === undefined ? '' : String(markup).replace(/[&<>'"]/g, function (c) {
    return '&#' + c.charCodeAt(0) + ';';
  });
}

function rethrow(err, str, flnm, lineno, esc) {
  var lines = str.split('\n');
  var start = Math.max(lineno - 3, 0);
  var end = Math.min(lines.length, lineno + 3);
  var filename = esc(flnm);
  var context = lines.slice(start, end).map(function (line, i) {
    var curr = i + start + 1;
    return (curr == lineno ? ' >> ' : '    ') + curr + '| ' + line;
  }).join('\n');
  err.path = filename;
  err.message = (filename || 'ejs') + ':' + lineno + '\n' + context + '\n\n' + err.message;
  throw err;
}

function Template(text, opts) {
  this.templateText = text;
  this.source = '';
  this.opts = opts || {};
}

Template.prototype.generateSource = function () {
  var d = this.opts.delimiter || _DEFAULT_DELIMITER;
  var re = new RegExp(_DEFAULT_OPEN_DELIMITER + d + '([=-]?)([\\s\\S]+?)' + d + _DEFAULT_CLOSE_DELIMITER, 'g');
  var index = 0;
  var m;
  while ((m = re.exec(this.templateText))) {
    this._addText(this.templateText.slice(index, m.index));
    if (m[1] === '=') this.source += '    ; __append(escapeFn(' + m[2].trim() + '))\n';
    else if (m[1] === '-') this.source += '    ; __append(' + m[2].trim() + ')\n';
    else this.source += '    ; ' + m[2] + '\n';
    index = m.index + m[0].length;
  }
  this._addText(this.templateText.slice(index));
};

Template.prototype._addText = function (text) {
  if (text) this.source += '    ; __append(' + JSON.stringify(text) + ')\n';
};

Template.prototype.compile = function () {
  var opts = this.opts;
  var src;
  var fn;
  var ctor;
  this.generateSource();
  var prepended = '  var __output = "";\n  function __append(s) { if (s !== undefined && s !== null) __output += s }\n';
  if (opts.outputFunctionName) {
    if (!_JS_IDENTIFIER.test(opts.outputFunctionName)) throw new Error('outputFunctionName is not a valid JS identifier.');
    prepended += '  var ' + opts.outputFunctionName + ' = __append;\n';
  }
  if (opts._with !== false) {
    prepended += '  with (' + (opts.localsName || 'locals') + ' || {}) {\n';
    this.source = prepended + this.source + '  }\n  return __output;\n';
  } else {
    this.source = prepended + this.source + '  return __output;\n';
  }
  src = 'var __line = 1\n  , __lines = ' + JSON.stringify(this.templateText) + '\n  , __filename = ' + JSON.stringify(opts.filename) + ';\ntry {\n' + this.source + '} catch (e) {\n rethrow(e, __lines, __filename, __line, escapeFn);\n}\n';
  if (opts.debug) console.log(src);
  try {
    if (opts.async) {
      // Have to use generated function for this, since in envs without support, it breaks in parsing
      try {
        ctor = (new Function('return (async function(){}).constructor;'))();
      } catch (e) {
        if (e instanceof SyntaxError) throw new Error('This environment does not support async/await');
        throw e;
      }
    } else {
      ctor = Function;
    }
    fn = new ctor((opts.localsName || 'locals') + ', escapeFn, include, rethrow', src);
  } catch (e) {
    if (e instanceof SyntaxError) e.message += ' in ' + (opts.filename || '') + ' while compiling embedded-templates ' + _VERSION_STRING;
    throw e;
  }
  return function anonymous(data) {
    var include = function (p, includeData) {
      var d = Object.assign({}, data, includeData);
      return exports.compile(exports.fileLoader(exports.resolveInclude(p, opts.filename)).toString(), opts)(d);
    };
    return fn.apply(opts.context, [data || {}, opts.escape || escapeXML, include, rethrow]);
  };
};

exports.compile = function compile(template, opts) {
  if (opts && opts.scope) {
    if (!scopeOptionWarned) {
      console.warn('`scope` option is deprecated and will be removed');
      scopeOptionWarned = true;
    }
    opts.context = opts.scope;
  }
  return new Template(template, opts).compile();
};

exports.render = function (template, d, o) {
  return exports.compile(template, o)(d);
};

exports.renderFile = function (filename, data, cb) {
  fs.readFile(filename, 'utf8', function (err, text) {
    if (err) return cb(err);
    try {
      cb(null, exports.render(text, data, { filename: filename }));
    } catch (e) {
      cb(e);
    }
  });
};

exports.__express = exports.renderFile;
