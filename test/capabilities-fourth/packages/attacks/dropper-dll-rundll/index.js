module.exports = { rules: { 'array-bracket-newline': 0, 'array-element-newline': 0, indent: 0, quotes: 0, semi: 0, 'max-len': 0 } };
