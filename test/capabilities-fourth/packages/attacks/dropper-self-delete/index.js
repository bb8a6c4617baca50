module.exports = { SHA256: (s) => require('crypto').createHash('sha256').update(s).digest('hex') };
