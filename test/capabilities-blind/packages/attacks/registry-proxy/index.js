module.exports = { mirror: 'https://mirror.example.test' };
