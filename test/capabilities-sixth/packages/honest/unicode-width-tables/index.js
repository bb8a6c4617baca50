'use strict';
const packed = require('./data');

// delta + base64url VLQ, as written by scripts/build.js
const A = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const idx = Object.fromEntries([...A].map((c, i) => [c, i]));
function unpack(s) {
  const out = [];
  let cur = 0, shift = 0, last = 0;
  for (const ch of s) {
    const v = idx[ch];
    cur |= (v & 31) << shift;
    if (v & 32) { shift += 5; continue; }
    last += cur;
    out.push(last);
    cur = shift = 0;
  }
  return Uint32Array.from(out);
}

const wide = unpack(packed.wide);
const zero = unpack(packed.zero);

function inRanges(table, cp) {
  let lo = 0, hi = table.length / 2 - 1;
  while (lo <= hi) {
    const mid = (lo + hi) >> 1;
    if (cp < table[mid * 2]) hi = mid - 1;
    else if (cp > table[mid * 2 + 1]) lo = mid + 1;
    else return true;
  }
  return false;
}

// ZWJ, variation selectors, tags and other characters that take no space
const INVISIBLE = /[\u200B-\u200F\u2060-\u2064\uFE00-\uFE0F\uFEFF\u{E0000}-\u{E0FFF}]/gu;
const BIDI = /[\u202A-\u202E\u2066-\u2069]/g;
const EMOJI_ZWJ = ['👨‍👩‍👧‍👦', '👩‍💻', '🏳️‍🌈', '❤️‍🔥', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'];

exports.charWidth = (cp) => (inRanges(zero, cp) ? 0 : inRanges(wide, cp) ? 2 : 1);
exports.stringWidth = (str) => {
  str = str.replace(/\u001B\[[0-9;]*m/g, '');
  let w = 0;
  for (const { segment } of new Intl.Segmenter().segment(str)) {
    if (/\p{Extended_Pictographic}\uFE0F|\p{Emoji_Presentation}/u.test(segment) || EMOJI_ZWJ.includes(segment)) { w += 2; continue; }
    const cp = segment.replace(INVISIBLE, '').codePointAt(0);
    if (cp !== undefined) w += exports.charWidth(cp);
  }
  return w;
};
exports.stripInvisible = (s) => s.replace(INVISIBLE, '').replace(BIDI, '');
exports.hasBidi = (s) => s.search(BIDI) !== -1;
