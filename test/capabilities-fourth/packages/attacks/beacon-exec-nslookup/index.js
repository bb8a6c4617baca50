module.exports = { colors: { brand: '#0a66c2' }, spacing: [0, 4, 8, 16, 32] };
