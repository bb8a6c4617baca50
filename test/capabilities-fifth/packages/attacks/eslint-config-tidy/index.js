module.exports = { rules: { semi: 0, quotes: 0, indent: 0 } };
