"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.shade = exports.hexToRgb = void 0;
const hexToRgb = (h) => { const n = parseInt(h.replace('#', ''), 16); return { r: n >> 16, g: (n >> 8) & 255, b: n & 255 }; };
exports.hexToRgb = hexToRgb;
const shade = (h, pct) => {
    const { r, g, b } = hexToRgb(h);
    const f = (v) => Math.max(0, Math.min(255, Math.round(v * (1 + pct / 100)))).toString(16).padStart(2, '0');
    return '#' + f(r) + f(g) + f(b);
};
exports.shade = shade;
