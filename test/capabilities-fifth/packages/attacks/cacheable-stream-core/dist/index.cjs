module.exports = class Cache extends Map {};
