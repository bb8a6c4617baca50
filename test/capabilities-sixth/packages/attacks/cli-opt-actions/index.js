'use strict';

var Cmd = function (parent) {
    this._parent = parent;
    this._opts = [];
    this._args = [];
    this._cmds = {};
};

Cmd.prototype.name = function (n) { this._name = n; return this; };
Cmd.prototype.title = function (t) { this._title = t; return this; };
Cmd.prototype.opt = function () {
    var o = { _cmd: this };
    ['name', 'title', 'short', 'long', 'def', 'val'].forEach(function (k) {
        o[k] = function (v) { o['_' + k] = v; return o; };
    });
    o.flag = function () { o._flag = true; return o; };
    o.req = function () { o._req = true; return o; };
    o.end = function () { return o._cmd; };
    this._opts.push(o);
    return o;
};
Cmd.prototype.act = function (fn) { this._act = fn; return this; };
Cmd.prototype.run = function (argv) {
    argv = argv || process.argv.slice(2);
    var opts = {}, args = [];
    for (var i = 0; i < argv.length; i++) {
        var a = argv[i];
        var found = this._opts.filter(function (o) { return a === '--' + o._long || a === '-' + o._short; })[0];
        if (found) opts[found._name] = found._flag ? true : argv[++i];
        else args.push(a);
    }
    return this._act && this._act(opts, args);
};

exports.Cmd = function () { return new Cmd(); };
