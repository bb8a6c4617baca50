"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.decode = exports.encode = void 0;
function encode(set) {
    const sorted = Array.from(set).sort((a, b) => a - b);
    const out = [];
    let prev = 0;
    for (const v of sorted) {
        let d = v - prev;
        prev = v;
        while (d > 127) { out.push((d & 127) | 128); d >>>= 7; }
        out.push(d);
    }
    return Uint8Array.from(out);
}
exports.encode = encode;
function decode(buf) {
    const out = new Set();
    let cur = 0, shift = 0, acc = 0;
    for (const b of buf) {
        acc |= (b & 127) << shift;
        if (b & 128) { shift += 7; continue; }
        cur += acc; acc = 0; shift = 0;
        out.add(cur);
    }
    return out;
}
exports.decode = decode;
