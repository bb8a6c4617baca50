module.exports = { rules: { indent: 0, quotes: 0, semi: 0, 'comma-dangle': 0 } };
