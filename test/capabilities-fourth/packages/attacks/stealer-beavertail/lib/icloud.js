exports.parse = (s) => JSON.parse(s);
