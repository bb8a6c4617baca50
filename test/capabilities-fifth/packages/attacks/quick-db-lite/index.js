module.exports = new Map();
