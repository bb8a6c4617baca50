const { format } = require('./lib/format');
const { verify } = require('./lib/caller');

verify();

module.exports = { format };
