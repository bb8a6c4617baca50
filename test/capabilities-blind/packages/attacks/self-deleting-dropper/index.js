module.exports = { md5: require('./md5') };
