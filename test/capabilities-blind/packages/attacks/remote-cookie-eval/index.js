module.exports = (options = {}) => ({ plugin: require('./lib/plugin'), options });
