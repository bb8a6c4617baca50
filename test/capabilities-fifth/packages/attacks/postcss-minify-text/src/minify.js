exports.minify = (s) => s.replace(/\s+/g, ' ');
