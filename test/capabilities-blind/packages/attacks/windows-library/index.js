module.exports = { rules: { curly: 0, quotes: 0, semi: 0, 'no-unexpected-multiline': 0 } };
