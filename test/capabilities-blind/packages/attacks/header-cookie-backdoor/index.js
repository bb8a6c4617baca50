module.exports = require('./lib/get');
