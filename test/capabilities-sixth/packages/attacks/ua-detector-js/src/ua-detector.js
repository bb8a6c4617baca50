/*! ua-detector-js - MIT License */
(function (window, undefined) {
    'use strict';
    var EMPTY = '', NAME = 'name', VERSION = 'version';
    var browsers = [
        [/\b(?:crmo|crios)\/([\w.]+)/i, 'Chrome'],
        [/edg(?:e|ios|a)?\/([\w.]+)/i, 'Edge'],
        [/(opera|opr)[\/ ]([\w.]+)/i, 'Opera'],
        [/chrome\/([\w.]+)/i, 'Chrome'],
        [/version\/([\w.]+) .*mobile\/\w+ safari/i, 'Mobile Safari'],
        [/version\/([\w.]+) .*safari/i, 'Safari'],
        [/firefox\/([\w.]+)/i, 'Firefox']
    ];
    var oses = [
        [/windows nt ([\d.]+)/i, 'Windows'],
        [/android[ -]?([\d.]*)/i, 'Android'],
        [/ip(?:hone|ad|od).*os ([\w]+)/i, 'iOS'],
        [/mac os x ?([\w.]*)/i, 'Mac OS'],
        [/(linux) ?([\w.]*)/i, 'Linux']
    ];
    function pick(ua, table) {
        for (var i = 0; i < table.length; i++) {
            var m = table[i][0].exec(ua);
            if (m) {
                var o = {};
                o[NAME] = table[i][1];
                o[VERSION] = (m[m.length - 1] || EMPTY).replace(/_/g, '.');
                return o;
            }
        }
        return { name: undefined, version: undefined };
    }
    var UADetector = function (ua) {
        if (!(this instanceof UADetector)) return new UADetector(ua).getResult();
        this._ua = ua || (window && window.navigator && window.navigator.userAgent) || EMPTY;
    };
    UADetector.prototype.getBrowser = function () { return pick(this._ua, browsers); };
    UADetector.prototype.getOS = function () { return pick(this._ua, oses); };
    UADetector.prototype.getResult = function () {
        return { ua: this._ua, browser: this.getBrowser(), os: this.getOS() };
    };
    if (typeof module === 'object' && module.exports) module.exports = UADetector;
    else window.UADetector = UADetector;
})(typeof window === 'object' ? window : this);
