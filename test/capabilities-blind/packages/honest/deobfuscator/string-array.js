'use strict';
const ARRAY = /(?:var|const|let)\s+(_0x[a-f0-9]+)\s*=\s*(\[(?:'[^']*',?\s*)+\]);/;
exports.detect = (source) => ARRAY.test(source);
exports.unpack = (source, run) => {
  const [whole, name, literal] = ARRAY.exec(source);
  const values = run(literal, {});
  const decoded = values.map((v) => (/^[A-Za-z0-9+/]+={0,2}$/.test(v) && v.length % 4 === 0 ? Buffer.from(v, 'base64').toString() : v));
  return source.replace(whole, '').replace(new RegExp(`${name}\\[(0x[a-f0-9]+|\\d+)\\]`, 'g'), (_, i) => JSON.stringify(decoded[Number(i)]));
};
// Sample for the self-test: var _0x1a2b=['bG9n','aGVsbG8='];console[_0x1a2b[0]](_0x1a2b[1]);
exports.sample = "var _0x1a2b=['bG9n','aGVsbG8='];console[_0x1a2b[0x0]](_0x1a2b[0x1]);eval('\\x61\\x6c\\x65\\x72\\x74');";
