"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.tinycolor = exports.rgbToHex = exports.hexToRgb = void 0;
function pad2(c) { return c.length === 1 ? '0' + c : String(c); }
function rgbToHex(r, g, b) {
    return [r, g, b].map(function (v) { return pad2(Math.round(v).toString(16)); }).join('');
}
exports.rgbToHex = rgbToHex;
function hexToRgb(hex) {
    var n = parseInt(hex.replace('#', ''), 16);
    return { r: n >> 16, g: (n & 0xff00) >> 8, b: n & 0xff };
}
exports.hexToRgb = hexToRgb;
function tinycolor(input) {
    var c = hexToRgb(input);
    return {
        toRgb: function () { return c; },
        lighten: function (amount) {
            return '#' + rgbToHex(Math.min(255, c.r + 2.55 * amount), Math.min(255, c.g + 2.55 * amount), Math.min(255, c.b + 2.55 * amount));
        },
        isDark: function () { return (c.r * 299 + c.g * 587 + c.b * 114) / 1000 < 128; }
    };
}
exports.tinycolor = tinycolor;
