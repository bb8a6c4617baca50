'use strict';
// eval(function(p,a,c,k,e,d){while(c--)if(k[c])p=p.replace(new RegExp('\\b'+c.toString(a)+'\\b','g'),k[c]);return p}(...))
const PACKED = /eval\(function\(p,a,c,k,e,[rd]\)\{/;
exports.detect = (source) => PACKED.test(source);
exports.unpack = (source) => {
  const m = /\}\('([\s\S]*)',\s*(\d+),\s*(\d+),\s*'([\s\S]*?)'\.split\('\|'\)/.exec(source);
  if (!m) return source;
  const [, payload, radix, , words] = m;
  const list = words.split('|');
  return payload.replace(/\b\w+\b/g, (word) => list[parseInt(word, radix)] || word).replace(/\\'/g, "'");
};
