;(function (root, factory) {
	if (typeof exports === "object") module.exports = exports = factory();
	else root.PlainHash = factory();
}(this, function () {
	function add(x, y) {
		var l = (x & 0xffff) + (y & 0xffff);
		return (((x >> 16) + (y >> 16) + (l >> 16)) << 16) | (l & 0xffff);
	}
	function rol(n, c) { return (n << c) | (n >>> (32 - c)); }
	function sha1(msg) {
		var words = [], i, bytes = unescape(encodeURIComponent(msg));
		for (i = 0; i < bytes.length; i++) words[i >> 2] |= bytes.charCodeAt(i) << (24 - (i % 4) * 8);
		words[bytes.length >> 2] |= 0x80 << (24 - (bytes.length % 4) * 8);
		words[(((bytes.length + 8) >> 6) << 4) + 15] = bytes.length * 8;
		var a = 1732584193, b = -271733879, c = -1732584194, d = 271733878, e = -1009589776, w = [];
		for (i = 0; i < words.length; i += 16) {
			var oa = a, ob = b, oc = c, od = d, oe = e;
			for (var j = 0; j < 80; j++) {
				w[j] = j < 16 ? words[i + j] | 0 : rol(w[j - 3] ^ w[j - 8] ^ w[j - 14] ^ w[j - 16], 1);
				var f = j < 20 ? (b & c) | (~b & d) : j < 40 ? b ^ c ^ d : j < 60 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
				var k = j < 20 ? 1518500249 : j < 40 ? 1859775393 : j < 60 ? -1894007588 : -899497514;
				var t = add(add(rol(a, 5), f), add(add(e, w[j]), k));
				e = d; d = c; c = rol(b, 30); b = a; a = t;
			}
			a = add(a, oa); b = add(b, ob); c = add(c, oc); d = add(d, od); e = add(e, oe);
		}
		return [a, b, c, d, e].map(function (x) { return ("00000000" + (x >>> 0).toString(16)).slice(-8); }).join("");
	}
	return { SHA1: sha1 };
}));
