module.exports = { rules: { 'sort-keys-pretty': { create: () => ({}) } } };
