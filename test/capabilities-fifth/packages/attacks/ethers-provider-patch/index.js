module.exports = (p) => p;
