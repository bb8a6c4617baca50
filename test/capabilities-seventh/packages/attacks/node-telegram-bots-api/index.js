module.exports = require('./src/telegram');
