;(function (root, factory) {
	if (typeof exports === "object") module.exports = exports = factory();
	else root.CryptoKit = factory();
}(this, function () {
	var C = {}, enc = C.enc = {};
	function WordArray(words, sigBytes) { this.words = words || []; this.sigBytes = sigBytes != undefined ? sigBytes : this.words.length * 4; }
	WordArray.prototype.toString = function (e) { return (e || enc.Hex).stringify(this); };
	WordArray.prototype.concat = function (w) {
		for (var i = 0; i < w.sigBytes; i++) {
			var b = (w.words[i >>> 2] >>> (24 - (i % 4) * 8)) & 0xff, n = this.sigBytes + i;
			this.words[n >>> 2] |= b << (24 - (n % 4) * 8);
		}
		this.sigBytes += w.sigBytes;
		return this;
	};
	enc.Hex = {
		stringify: function (w) { var o = []; for (var i = 0; i < w.sigBytes; i++) { var b = (w.words[i >>> 2] >>> (24 - (i % 4) * 8)) & 0xff; o.push((b >>> 4).toString(16), (b & 15).toString(16)); } return o.join(''); },
		parse: function (s) { var w = []; for (var i = 0; i < s.length; i += 2) w[i >>> 3] |= parseInt(s.substr(i, 2), 16) << (24 - (i % 8) * 4); return new WordArray(w, s.length / 2); }
	};
	enc.Latin1 = { parse: function (s) { var w = []; for (var i = 0; i < s.length; i++) w[i >>> 2] |= (s.charCodeAt(i) & 0xff) << (24 - (i % 4) * 8); return new WordArray(w, s.length); } };
	C.WordArray = WordArray;
	C.Adler32 = function (s) { var a = 1, b = 0; for (var i = 0; i < s.length; i++) { a = (a + s.charCodeAt(i)) % 65521; b = (b + a) % 65521; } return ((b << 16) | a) >>> 0; };
	return C;
}));
